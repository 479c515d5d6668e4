# shellcheck shell=bash disable=SC2154
# Apache Kafka: one node that is broker and controller, from the jars that kafka.pom.xml pins.

kafka_packages() {
  if ! kafka_java >/dev/null; then echo openjdk-17-jre-headless; fi
  if [[ ! -d $(kafka_jars) ]] && ! command -v mvn >/dev/null; then echo maven; fi
}

# A Java of at least 17: Debian's own, or the one in PATH.
kafka_java() {
  local java version
  for java in /usr/lib/jvm/java-17-openjdk-*/bin/java "$(command -v java || true)"; do
    [[ -x $java ]] || continue
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    if ((${version:-0} >= 17)); then
      echo "$java"
      return
    fi
  done
  return 1
}

# A folder for every content of the pom: a new version never runs with an old one's jars.
kafka_jars() { echo "$state/kafka-jars-$(cksum <"$here/kafka.pom.xml" | cut -d' ' -f1)"; }

kafka_fetch() {
  local jars
  jars=$(kafka_jars)
  if [[ -d $jars ]]; then return; fi
  say 'fetching Apache Kafka with Maven'
  rm -rf "$state"/kafka-jars-*.part
  mvn -q -B -f "$here/kafka.pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$jars.part" >"$state/maven.log" 2>&1 9>&- 8>&- ||
    fail "maven failed: $(tail -n 8 "$state/maven.log")"
  mv "$jars.part" "$jars" # only a whole download gets the name
}

kafka_ports() { echo port controller-port; }

kafka_start() {
  local dir=$state/kafka jars java
  jars=$(kafka_jars)
  java=("$(kafka_java)" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dlog4j2.configurationFile=file:$here/kafka.log4j2.properties")
  kafka_properties >"$dir/server.properties"
  if [[ ! -f $dir/data/meta.properties ]]; then
    rm -rf "$dir/data"
    "${java[@]}" -cp "$jars/*" kafka.tools.StorageTool format --cluster-id ZW50cmVwb3QtdGVzdHMwMQ \
      --config "$dir/server.properties" >>"$dir/log" 2>&1 || fail "kafka's storage cannot be made: $(tail -n 8 "$dir/log")"
  fi
  spawn kafka "${java[@]}" -cp "$jars/*" kafka.Kafka "$dir/server.properties"
}

kafka_properties() {
  local dir=$state/kafka
  cat <<EOF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$(<"$dir/controller-port")
listeners=CLIENT://127.0.0.1:$(<"$dir/port"),CONTROLLER://127.0.0.1:$(<"$dir/controller-port")
listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENT
controller.listener.names=CONTROLLER
log.dirs=$dir/data
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=16777216
EOF
}

# The line comes after the broker has joined and takes requests; the log is a new one at every start.
kafka_ready() { grep -q 'Kafka Server started' "$state/kafka/log"; }

kafka_address() { echo "127.0.0.1:$(<"$state/kafka/port")"; }

kafka_stop_signal() { echo TERM; }
