-- The metrics count them with each scrape. An event that is not dead is in no index of its status, and pays nothing.
${dead_events}
