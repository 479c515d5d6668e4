# The entry points. `make help` lists them; CI calls nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help

servers := tests/servers/servers
buf := ../.ci/buf/buf

.PHONY: help run test check bench conformance crash fmt proto-lint proto-baseline

help: ## list the entry points
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-15s %s\n", $$1, $$2 }'

run: ## a story over two warehouses, told as tables; needs no server
	cargo run -p entrepot -- demo

test: ## everything, against real PostgreSQL, Redis and Apache Kafka
	$(servers) with cargo test --workspace

check: ## formatting, lints, unit tests and the architecture's rules; needs no server
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo test --workspace --lib --bins --quiet
	cargo test -p tidy --quiet

bench: ## the benchmark, in a release build; writes target/bench/report.json
	$(servers) with cargo run --release -p entrepot -- bench --report target/bench/report.json

conformance: ## acceptance cases: make conformance [KIND=forecasting|gs1|policy|valuation] [CASES=directory]
	cargo run --quiet -p conformance -- $(or $(CASES),tests/conformance/cases) $(KIND)

crash: ## kills the process 200 times on each store while clients post, and while people work through flows; `make test` has a short form
	CRASH_KILLS=200 $(servers) with cargo test -p entrepot --test it -- crash flows --nocapture

fmt: ## format the code
	cargo fmt --all

proto-lint: ## the protos: names, comments, and nothing broken since the baseline
	cd proto && $(buf) lint
	cd proto && $(buf) breaking --against baseline.binpb
	cd proto && $(buf) breaking --config buf.events.yaml --against baseline.binpb

proto-baseline: ## after a release: what the protos are now is what later ones must not break
	cd proto && $(buf) build --exclude-source-info -o baseline.binpb
