BEGIN TRANSACTION;
CREATE TABLE acknowledgements (
	alert VARCHAR NOT NULL, 
	story VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_acknowledgements PRIMARY KEY (alert), 
	CONSTRAINT fk_acknowledgements_alert_alerts FOREIGN KEY(alert) REFERENCES alerts (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE alerts (
	id VARCHAR NOT NULL, 
	story VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	raised_at DATETIME NOT NULL, 
	alert JSON NOT NULL, 
	CONSTRAINT pk_alerts PRIMARY KEY (id), 
	CONSTRAINT fk_alerts_story_stories FOREIGN KEY(story) REFERENCES stories (id)
);
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	feed VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	lang VARCHAR NOT NULL, 
	outlet TEXT NOT NULL, 
	published DATETIME NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	date_origin VARCHAR NOT NULL, 
	dated DATETIME, 
	fed_digest VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_articles PRIMARY KEY (id)
);
INSERT INTO "articles" VALUES('a1','f1','https://news.example/a1','Pyongyang sends soldiers to Russia','Pyongyang has sent 3,000 soldiers to western Russia, the agency told lawmakers.','en','Harbour Wire','2026-11-24 12:00:00.000000','2026-11-24 12:00:00.000000','zone',NULL,'',1);
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	delivery VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	worker VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	said TEXT NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_delivery_deliveries FOREIGN KEY(delivery) REFERENCES deliveries (id)
);
CREATE TABLE channel_states (
	channel VARCHAR NOT NULL, 
	failures INTEGER NOT NULL, 
	since DATETIME, 
	paused_until DATETIME, 
	free_at DATETIME, 
	last_at DATETIME, 
	last_outcome VARCHAR NOT NULL, 
	last_said TEXT NOT NULL, 
	accepted_at DATETIME, 
	CONSTRAINT pk_channel_states PRIMARY KEY (channel)
);
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	author TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	story VARCHAR NOT NULL, 
	other VARCHAR NOT NULL, 
	articles JSON NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (id)
);
CREATE TABLE daemon (
	id INTEGER NOT NULL, 
	worker VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	beat_at DATETIME NOT NULL, 
	polled_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT pk_daemon PRIMARY KEY (id)
);
CREATE TABLE "deliveries" (
	ordinal INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	alert VARCHAR, 
	notice VARCHAR, 
	story VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	recipient TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	queued_at DATETIME NOT NULL, 
	next_at DATETIME NOT NULL, 
	begun_at DATETIME, 
	is_unknown BOOLEAN NOT NULL, 
	settled_at DATETIME, 
	because TEXT NOT NULL, 
	lease_owner VARCHAR, 
	lease_until DATETIME, bundle VARCHAR, 
	CONSTRAINT pk_deliveries PRIMARY KEY (ordinal), 
	CONSTRAINT fk_deliveries_alert_alerts FOREIGN KEY(alert) REFERENCES alerts (id), 
	CONSTRAINT uq_deliveries_id UNIQUE (id), 
	CONSTRAINT fk_deliveries_notice_notices FOREIGN KEY(notice) REFERENCES notices (id)
);
CREATE TABLE feeds (
	feed VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	etag TEXT NOT NULL, 
	last_modified TEXT NOT NULL, 
	body_digest TEXT NOT NULL, 
	moved_to TEXT NOT NULL, 
	moved_from TEXT NOT NULL, 
	is_gone BOOLEAN NOT NULL, 
	failures INTEGER NOT NULL, 
	last_error TEXT NOT NULL, 
	last_polled DATETIME, 
	last_success DATETIME, 
	next_due DATETIME, 
	because TEXT NOT NULL, 
	lease_owner VARCHAR, 
	lease_until DATETIME, 
	CONSTRAINT pk_feeds PRIMARY KEY (feed)
);
CREATE TABLE hits (
	article VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	rule_digest VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	hit JSON NOT NULL, 
	found_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_hits PRIMARY KEY (article, rule, source, target, status), 
	CONSTRAINT fk_hits_article_articles FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE TABLE holds (
	story VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	because TEXT NOT NULL, 
	since DATETIME NOT NULL, gate VARCHAR, 
	CONSTRAINT pk_holds PRIMARY KEY (story, channel), 
	CONSTRAINT fk_holds_story_stories FOREIGN KEY(story) REFERENCES stories (id)
);
CREATE TABLE keeps (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	added_by TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	released_by TEXT, 
	released_at DATETIME, 
	CONSTRAINT pk_keeps PRIMARY KEY (id)
);
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	article VARCHAR, 
	story VARCHAR, 
	alert VARCHAR, 
	channel VARCHAR, 
	rule VARCHAR, 
	because TEXT NOT NULL, 
	detail JSON, 
	CONSTRAINT pk_ledger PRIMARY KEY (id)
);
CREATE TABLE notices (
	id VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	raised_at DATETIME NOT NULL, 
	notice JSON NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (id)
);
CREATE TABLE packs (
	digest VARCHAR NOT NULL, 
	blob BLOB NOT NULL, 
	first_seen DATETIME NOT NULL, 
	CONSTRAINT pk_packs PRIMARY KEY (digest)
);
CREATE TABLE pauses (
	feed VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	CONSTRAINT pk_pauses PRIMARY KEY (feed)
);
INSERT INTO "pauses" VALUES('f1','2026-11-24 12:00:00.000000',NULL);
CREATE TABLE revisions (
	article VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	published DATETIME NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	fed_digest VARCHAR NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (article, revision), 
	CONSTRAINT fk_revisions_article_articles FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE TABLE rule_versions (
	digest VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	pack VARCHAR NOT NULL, 
	first_seen DATETIME NOT NULL, 
	CONSTRAINT pk_rule_versions PRIMARY KEY (digest), 
	CONSTRAINT fk_rule_versions_pack_packs FOREIGN KEY(pack) REFERENCES packs (digest)
);
CREATE TABLE seal_gaps (
	"row" INTEGER NOT NULL, 
	day VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_seal_gaps PRIMARY KEY ("row")
);
CREATE TABLE seals (
	day VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	"before" VARCHAR NOT NULL, 
	sealed_at DATETIME NOT NULL, 
	pruned_at DATETIME, 
	CONSTRAINT pk_seals PRIMARY KEY (day)
);
CREATE TABLE sightings (
	"key" TEXT NOT NULL, 
	article VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	CONSTRAINT pk_sightings PRIMARY KEY ("key"), 
	CONSTRAINT fk_sightings_article_articles FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "sightings" VALUES('k1','a1',0);
INSERT INTO "sightings" VALUES('k2','a1',1);
CREATE TABLE silences (
	id VARCHAR NOT NULL, 
	author TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	matcher JSON NOT NULL, 
	expired_by TEXT, 
	CONSTRAINT pk_silences PRIMARY KEY (id)
);
CREATE TABLE stories (
	id VARCHAR NOT NULL, 
	event VARCHAR NOT NULL, 
	source VARCHAR, 
	target VARCHAR, 
	is_reciprocal BOOLEAN NOT NULL, 
	title TEXT NOT NULL, 
	severity VARCHAR NOT NULL, 
	tags JSON NOT NULL, 
	notify JSON NOT NULL, 
	opened_at DATETIME NOT NULL, 
	last_hit_at DATETIME NOT NULL, 
	said JSON NOT NULL, 
	quantities JSON NOT NULL, merged_into VARCHAR, 
	CONSTRAINT pk_stories PRIMARY KEY (id)
);
CREATE TABLE story_parties (
	story VARCHAR NOT NULL, 
	party VARCHAR NOT NULL, 
	CONSTRAINT pk_story_parties PRIMARY KEY (story, party), 
	CONSTRAINT fk_story_parties_story_stories FOREIGN KEY(story) REFERENCES stories (id)
);
CREATE TABLE story_reports (
	story VARCHAR NOT NULL, 
	ordinal INTEGER NOT NULL, 
	article VARCHAR NOT NULL, 
	report JSON NOT NULL, 
	CONSTRAINT pk_story_reports PRIMARY KEY (story, ordinal), 
	CONSTRAINT fk_story_reports_article_articles FOREIGN KEY(article) REFERENCES articles (id), 
	CONSTRAINT fk_story_reports_story_stories FOREIGN KEY(story) REFERENCES stories (id)
);
CREATE TABLE told (
	story VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	first_alert VARCHAR NOT NULL, 
	said JSON NOT NULL, 
	severity VARCHAR NOT NULL, 
	quantities JSON NOT NULL, 
	alerts INTEGER NOT NULL, 
	was_lost BOOLEAN NOT NULL, at DATETIME, 
	CONSTRAINT pk_told PRIMARY KEY (story, channel), 
	CONSTRAINT fk_told_story_stories FOREIGN KEY(story) REFERENCES stories (id)
);
CREATE TABLE troubles (
	"key" VARCHAR NOT NULL, 
	since DATETIME NOT NULL, 
	mended_at DATETIME, 
	notice VARCHAR NOT NULL, 
	trouble JSON NOT NULL, 
	CONSTRAINT pk_troubles PRIMARY KEY ("key")
);
CREATE INDEX ix_articles_feed ON articles (feed);
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_feeds_next_due ON feeds (next_due);
CREATE INDEX ix_ledger_alert ON ledger (alert);
CREATE INDEX ix_ledger_article ON ledger (article);
CREATE INDEX ix_ledger_at ON ledger (at);
CREATE INDEX ix_ledger_story ON ledger (story);
CREATE INDEX ix_stories_event_stories_last_hit_at ON stories (event, last_hit_at);
CREATE INDEX ix_stories_last_hit_at ON stories (last_hit_at);
CREATE INDEX ix_alerts_raised_at ON alerts (raised_at);
CREATE INDEX ix_alerts_story ON alerts (story);
CREATE INDEX ix_hits_found_at ON hits (found_at);
CREATE INDEX ix_holds_until ON holds (until);
CREATE INDEX ix_rule_versions_rule ON rule_versions (rule);
CREATE INDEX ix_sightings_article ON sightings (article);
CREATE INDEX ix_story_parties_party_story_parties_story ON story_parties (party, story);
CREATE INDEX ix_story_reports_article ON story_reports (article);
CREATE INDEX ix_attempts_delivery ON attempts (delivery);
CREATE INDEX ix_notices_raised_at ON notices (raised_at);
CREATE INDEX ix_notices_thread ON notices (thread);
CREATE INDEX ix_deliveries_alert_deliveries_channel ON deliveries (alert, channel);
CREATE INDEX ix_deliveries_story_deliveries_channel_deliveries_recipient_deliveries_ordinal ON deliveries (story, channel, recipient, ordinal);
CREATE INDEX ix_deliveries_state_deliveries_channel_deliveries_ordinal ON deliveries (state, channel, ordinal);
CREATE INDEX ix_ledger_rule ON ledger (rule);
CREATE INDEX ix_ledger_kind_ledger_id ON ledger (kind, id);
CREATE INDEX ix_seal_gaps_day ON seal_gaps (day);
CREATE INDEX ix_keeps_subject ON keeps (subject);
CREATE INDEX ix_silences_ends_at ON silences (ends_at);
CREATE INDEX ix_acknowledgements_story ON acknowledgements (story);
CREATE INDEX ix_corrections_story ON corrections (story);
CREATE INDEX ix_corrections_other ON corrections (other);
CREATE INDEX ix_stories_merged_into ON stories (merged_into);
CREATE INDEX ix_deliveries_bundle ON deliveries (bundle);
COMMIT;
