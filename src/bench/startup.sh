#!/usr/bin/env bash
# How long a server takes from its launch to a ready /health/ready with Posthorn, against the same server with an empty WAR.
# Wants a built target/posthorn.war and the servers in target/servers: run `mvn verify`, or a run command, before.
# Usage: src/bench/startup.sh [rounds]        (5 unless told; the two take turns, the medians are printed)
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-5}
work=$(mktemp -d)
trap 'pkill -f "$work" 2>/dev/null || true; rm -rf "$work"' EXIT
port=18999

# The empty WAR: a bean archive with a page, and a readiness check so that both are asked the same.
mkdir -p "$work/empty/WEB-INF"
echo ok >"$work/empty/index.html"
echo '<beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>' >"$work/empty/WEB-INF/beans.xml"
echo '<jboss-web><context-root>/</context-root></jboss-web>' >"$work/empty/WEB-INF/jboss-web.xml"
(cd "$work/empty" && jar -cf ../empty.war .)
cp target/posthorn.war "$work/posthorn.war"

payara() { # war
  java -Dposthorn.data-dir="$work/data" -jar target/servers/payara-micro.jar --nohazelcast --rootDir "$work/payara" \
    --contextroot / --deploy "$1" --port $port
}

wildfly() { # war
  local home base="$work/wildfly"
  home=$(echo "$PWD"/target/servers/wildfly-[0-9]*)
  rm -rf "$base" && mkdir -p "$base/deployments" && cp -r "$home/standalone/configuration" "$base/"
  cp "$1" "$base/deployments/ROOT.war"
  java -jar "$home/jboss-modules.jar" -mp "$home/modules" org.jboss.as.standalone -Djboss.home.dir="$home" \
    -Djboss.server.base.dir="$base" -c standalone-microprofile.xml -Djboss.http.port=$port \
    -Djboss.management.http.port=$((port + 1)) -Djboss.https.port=$((port + 2)) -Dposthorn.data-dir="$work/data"
}

measure() { # server war path -> milliseconds until the path answers 200
  rm -rf "$work/data"
  local start end
  start=$(date +%s%3N)
  "$1" "$2" >"$work/log" 2>&1 &
  until curl -sf -o /dev/null "localhost:$port$3"; do
    (($(date +%s%3N) - start < 180000)) || { tail "$work/log" >&2; exit 1; }
    sleep 0.05
  done
  end=$(date +%s%3N)
  pkill -f "$work" || true
  wait 2>/dev/null || true
  echo $((end - start))
}

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

for server in payara wildfly; do
  # WildFly answers health of an empty WAR on its management port only; its page is ready at the same moment.
  [ $server = payara ] && ready=/health/ready || ready=/
  : >"$work/empty.ms"
  : >"$work/posthorn.ms"
  for round in $(seq "$rounds"); do
    measure $server "$work/empty.war" $ready >>"$work/empty.ms"
    measure $server "$work/posthorn.war" /health/ready >>"$work/posthorn.ms"
    echo "$server round $round: empty $(tail -1 "$work/empty.ms") ms, posthorn $(tail -1 "$work/posthorn.ms") ms" >&2
  done
  empty=$(median <"$work/empty.ms")
  posthorn=$(median <"$work/posthorn.ms")
  echo "$server: empty $empty ms, posthorn $posthorn ms, ratio $(awk "BEGIN {printf \"%.2f\", $posthorn / $empty}")"
done
