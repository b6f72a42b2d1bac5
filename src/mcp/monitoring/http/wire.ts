import type {Json} from '../../../core/json.ts';

/** Parameters of a request; a list stands for the same name several times, and undefined is left out. */
export type Parameters = {readonly [name: string]: string | number | readonly string[] | undefined};

export type Asked = {
	/** GET if left out. */
	readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the address of the server, with a slash in front. Names in it are encoded by who makes it. */
	readonly path: string;
	readonly parameters?: Parameters;
	/** The same question may be asked as a form where its address would be too long for what stands between. */
	readonly mayBeForm?: boolean;
	readonly body?: Json | {readonly text: string; readonly type: string};
	readonly headers?: {readonly [name: string]: string};
	/** Statuses with JSON that are an answer of this server beside the usual ones, such as 503 of Prometheus for a query that took too long. */
	readonly answers?: readonly number[];
};

/** What a server answered: 2xx, or a refusal in its own words (400, 404, 405, 409, 412, 413, 422). `body` is undefined where it is no JSON. */
export type Reply = {readonly status: number; readonly body: Json | undefined; readonly text: string};

/**
 * The one road to a server of monitoring, by its address or through the API server. Bounded in bytes and time; nothing is sent on to where an
 * answer points. Rejects with `MkcoaError`: `AREA-unreachable`, `AREA-signed-out`, `AREA-not-allowed`, `AREA-busy`, and `read-only-road`
 * where it takes reads alone. AREA is that of the server, such as `metrics`.
 */
export type Wire = {
	readonly server: Server;
	readonly readOnly?: true | undefined;
	readonly ask: (asked: Asked) => Promise<Reply>;
};

/** A server as errors name it. */
export type Server = {
	/** For people: `Prometheus https://prometheus.example`. */
	readonly source: string;
	readonly area: 'metrics' | 'alerts' | 'dashboards' | 'logs';
	/** What to do where it does not answer. */
	readonly whenAway: string;
	/** What to do where it wants to know who asks. */
	readonly whenSignedOut: string;
};

/** As a query string writes them. */
export const encoded = (parameters: Parameters = {}): string =>
	Object.entries(parameters)
		.flatMap(([name, value]) => [value].flat().map(one => [name, one] as const))
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
		.join('&');

/** The JSON that a text is; undefined where it is none. */
export function jsonOf(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}
