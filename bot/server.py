"""The Rasa server: `python -m bot.server --port PORT`. It listens on 127.0.0.1 alone.

Only the channel is served. Rasa's own HTTP API, which could replace the model, is not.
"""

import argparse
import gc
import logging
import os

from bot import absent, settings


def main() -> None:
    """Serves the trained model until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5005)
    serve(parser.parse_args().port)


def serve(port: int) -> None:
    """Loads the model, then listens: whoever can connect gets answers."""
    absent.leave_out()
    _prepare_libraries()
    from sanic import Sanic

    from bot import speedups
    from bot.actions_endpoint import ActionsEndpoint
    from bot.channel import TurnChannel
    from bot.event_log import EventLog
    from bot.processor import TurnProcessor

    speedups.install()
    actions = ActionsEndpoint(settings.actions_url(), settings.token())
    log = EventLog.open(settings.tracker_database())
    processor = TurnProcessor(settings.model_file(), log, actions)
    gc.collect()
    gc.freeze()  # what was loaded stays: never look through it again

    async def close(_: Sanic) -> None:
        await actions.close()

    app = Sanic("storekeep-rasa", configure_logging=False)
    app.after_server_stop(close)
    app.blueprint(TurnChannel(processor, settings.token()).blueprint())
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False, motd=False)


def _prepare_libraries() -> None:
    """Keeps the libraries from phoning home, from starting threads and from talking too much."""
    os.environ.update(
        RASA_TELEMETRY_ENABLED="false",
        OMP_NUM_THREADS="1",
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
    )
    logging.captureWarnings(capture=True)
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.INFO)
    for name in ("rasa", "sanic", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


if __name__ == "__main__":
    main()
