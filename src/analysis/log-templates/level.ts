/** How bad a line says that it is. */
export type Level = 'debug' | 'info' | 'warning' | 'error';

/** The level words of syslog, log4j, klog, java.util.logging, Python, .NET, zap, zerolog, pino and Rust's tracing. */
const words: ReadonlyMap<string, Level> = new Map(
	(
		[
			['debug', 'trace debug fine finer finest verbose verb dbug trce dbg trc silly'],
			['info', 'info information informational notice note config log audit inf http'],
			['warning', 'warn warning warnings wrn'],
			['error', 'error err fail fatal ftl crit critical panic severe alert emerg emergency dpanic eror crt'],
		] as const
	).flatMap(([level, names]) =>
		names
			.split(' ')
			.flatMap(name => [name, name.toUpperCase(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`].map(word => [word, level] as const)),
	),
);

/** The one letter that klog, Android and glog write. */
const letters: ReadonlyMap<string, Level> = new Map([
	['V', 'debug'],
	['D', 'debug'],
	['I', 'info'],
	['W', 'warning'],
	['E', 'error'],
	['F', 'error'],
]);

/** The level that a word names, in lower or upper case, or with a capital. */
export const levelOf = (word: string): Level | undefined => (word.length < 2 || word.length > 13 ? undefined : words.get(word));

/** The level that a single letter names. */
export const levelOfLetter = (letter: string): Level | undefined => letters.get(letter);

/** The level of pino and bunyan, whose info is 30, in steps of ten. */
export const levelOfNumber = (level: number): Level | undefined =>
	level < 10 ? undefined : level < 30 ? 'debug' : level < 40 ? 'info' : level < 50 ? 'warning' : 'error';

/**
 * The level of an answer over HTTP. Failures of the server are errors and those of the client warnings, as Cloud Run, App Engine and Datadog file access
 * logs, and as the dashboards of ingress-nginx, Envoy and Istio tell both apart: an answer 404 is seldom anything to mend, and many of them are.
 * @see https://cloud.google.com/run/docs/logging#request-logs, https://docs.datadoghq.com/logs/log_configuration/processors/#category-processor
 */
export const levelOfStatus = (status: number): Level | undefined =>
	status < 100 || status > 599 ? undefined : status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info';

/** The worst first. */
export const levelsDown: readonly Level[] = ['error', 'warning', 'info', 'debug'];

/** Servers write what they answered as information, whatever it was. */
export const worseLevel = (one: Level | undefined, other: Level | undefined): Level | undefined =>
	one === undefined || (other !== undefined && levelsDown.indexOf(other) < levelsDown.indexOf(one)) ? other : one;

/** The level that a message itself begins with: `ERROR something`, `[warn] something`, `error: something`. */
export function levelInMessage(text: string, start: number): Level | undefined {
	const found = /^\[?([A-Za-z]{3,13})([\]:]?)(?=\s|$)/.exec(text.slice(start, start + 20));
	if (found === null) return undefined;
	const [whole, word = '', mark] = found;
	return mark !== '' || whole.startsWith('[') || word === word.toUpperCase() ? levelOf(word) : undefined;
}
