import {checkedText} from '../../core/checked-text.ts';
import {parseDuration} from '../../core/duration.ts';

/** `30s`, `5m`, `1h`. */
export const durationText = checkedText(
	6,
	/^[1-9]\d{0,4}[smh]$/,
	'a duration is a number from 1 to 99999 with s, m or h, such as 30s or 5m',
);

/** Milliseconds of a `durationText`. */
export const durationMs = (text: string) => parseDuration(text) ?? Number.NaN;
