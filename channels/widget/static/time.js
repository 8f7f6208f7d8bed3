// Times in the visitor's own zone and language.

const format = (options) => (iso) => new Intl.DateTimeFormat(undefined, options).format(new Date(iso));

const clock = format({ hour: "2-digit", minute: "2-digit" });
export const day = format({ weekday: "short", day: "numeric", month: "short" });
export const moment = format({ dateStyle: "medium", timeStyle: "short" });
export const date = format({ dateStyle: "medium" });
/** A moment of the next days: "Monday at 9:00". */
export const upcoming = format({ weekday: "long", hour: "numeric", minute: "2-digit" });

/** The time of day, with its date unless it is today. */
export function spoken(iso) {
  const isToday = new Date(iso).toDateString() === new Date().toDateString();
  return isToday ? clock(iso) : moment(iso);
}
