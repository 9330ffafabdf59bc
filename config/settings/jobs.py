"""Jobs: the broker, the workers, what beat starts and when."""

from celery.schedules import crontab

from config.settings.environment import TESTING, env, required
from config.settings.service import TIME_ZONE

REDIS_URL = required("REDIS_URL", "redis://127.0.0.1:6379/0")
#: In unit tests what is sent goes nowhere: the tests call tasks themselves. Journeys have a real broker.
CELERY_BROKER_URL = "memory://" if TESTING else REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 5,
    # without these a web request that only wants to wake the worker would wait for a broker that is down
    **{"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2},
}
CELERY_TASK_PUBLISH_RETRY = False  # nobody waits for a dead broker: what was to be told stands in a row and is swept
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "reporting.make_document": {"queue": "documents"},
    "reporting.make_export": {"queue": "documents"},
    "reporting.make_minutes": {"queue": "documents"},
    "reporting.make_steering": {"queue": "documents"},
    "reporting.make_pack": {"queue": "documents"},
}
CELERY_TIMEZONE = TIME_ZONE
#: How often the minute's work is done. Browser journeys cannot wait a minute for each rung; nothing else changes it.
BEAT_SECONDS = env.float("BEAT_SECONDS", default=60.0)
#: The same for what nobody waits for: a system that is hurried would do little else on two cores.
QUIET_BEAT_SECONDS = env.float("QUIET_BEAT_SECONDS", default=BEAT_SECONDS)
#: How soon professional standards hear of a look at a case whose suspect is police or staff; most turns find nothing.
WATCH_SECONDS = env.float("WATCH_SECONDS", default=5.0)
CELERY_BEAT_SCHEDULER = "config.beat:Steady"
CELERY_BEAT_MAX_LOOP_INTERVAL = min(BEAT_SECONDS, 30.0)
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5.0)}}
    for name, task, seconds in (
        ("sweep", "supervision.sweep", BEAT_SECONDS),
        ("notices", "supervision.send_notices", BEAT_SECONDS),
        ("reactions", "supervision.run_reactions", BEAT_SECONDS),
        ("digests", "supervision.send_digests", QUIET_BEAT_SECONDS),
        ("monitors", "supervision.monitor", QUIET_BEAT_SECONDS),
        ("pruning", "supervision.prune", QUIET_BEAT_SECONDS),
        ("documents", "reporting.sweep_documents", BEAT_SECONDS),
        ("exports", "reporting.sweep_exports", BEAT_SECONDS),
        ("minutes", "reporting.sweep_minutes", BEAT_SECONDS),
        ("reports to steering groups", "reporting.sweep_steering", BEAT_SECONDS),
        ("briefs on paper", "reporting.renew_briefs", QUIET_BEAT_SECONDS),
        ("seal", "audit.seal", QUIET_BEAT_SECONDS),
        ("webhooks", "supervision.deliver_webhooks", QUIET_BEAT_SECONDS),
        ("holidays", "supervision.replay_holidays", QUIET_BEAT_SECONDS),
        ("saved searches", "supervision.watch_searches", QUIET_BEAT_SECONDS),
        ("held by somebody away", "supervision.look_for_away", 900),
        ("files", "cases.scan_files", BEAT_SECONDS),
        ("lowered grades", "risk.lapse_and_reopen", BEAT_SECONDS),
        ("sight of agencies", "supervision.keep_sight_true", BEAT_SECONDS),
        ("looks at the risk", "risk.raise_due", BEAT_SECONDS),
        ("second looks", "supervision.draw_second_looks", 900),
        ("briefs", "cases.watch_briefs", BEAT_SECONDS),
        ("letterbox", "dvds.take_in_requests", BEAT_SECONDS),
        ("mailboxes of schools", "safeguarding.tell_mailboxes", BEAT_SECONDS),
        ("duplicates", "people.find_duplicates", QUIET_BEAT_SECONDS),
        ("surveys", "reporting.draw_surveys", 900),
        ("packs", "reporting.sweep_packs", BEAT_SECONDS),
        ("looks", "cases.hear_looks", min(BEAT_SECONDS, WATCH_SECONDS)),
    )
}
CELERY_BEAT_SCHEDULE["unusual"] = {"task": "reporting.raise_unusual", "schedule": crontab(minute="20")}
CELERY_BEAT_SCHEDULE["briefs nobody took"] = {
    "task": "reporting.forget_briefs",
    "schedule": crontab(hour="4", minute="10"),
}
CELERY_BEAT_SCHEDULE["packs that begin"] = {
    "task": "reporting.begin_packs",
    "schedule": crontab(hour="5", minute="30"),
}
CELERY_BEAT_SCHEDULE["anchor"] = {"task": "audit.anchor", "schedule": crontab(hour="3", minute="15")}
DJANGO_STRUCTLOG_CELERY_ENABLED = True
