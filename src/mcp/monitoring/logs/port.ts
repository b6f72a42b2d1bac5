/** `at` is the moment to the nanosecond where the server knows it: nanoseconds since 1970. */
export type LogLine = {
	readonly atMs: number;
	readonly at: string;
	readonly labels: {readonly [name: string]: string};
	readonly text: string;
};

export type LogQuestion = {
	/** In the language of the server: LogQL, or Lucene's query string. */
	readonly query: string;
	readonly fromMs: number;
	readonly toMs: number;
	/** Lines that are read at most. */
	readonly limit: number;
	readonly direction: 'forward' | 'backward';
};

/** `entries` and `bytes` are estimates of the index; missing where the server counts none. */
type LogVolume = {readonly entries?: number | undefined; readonly bytes?: number | undefined; readonly streams?: number | undefined};

/** Lines in the order of the question; `partial` where a part of the server did not answer. */
export type LogPage = {readonly lines: readonly LogLine[]; readonly partial: boolean};

/** What tools ask of a store of logs. Rejects with `logs-unreachable`, `logs-signed-out`, `logs-not-allowed`, `logs-busy`, `bad-log-query`, `too-much-log`. */
export type Logs = {
	readonly source: string;
	readonly labels: (time: {readonly fromMs: number; readonly toMs: number}) => Promise<readonly string[]>;
	readonly labelValues: (name: string, time: {readonly fromMs: number; readonly toMs: number}) => Promise<readonly string[]>;
	readonly volume: (question: Pick<LogQuestion, 'query' | 'fromMs' | 'toMs'>) => Promise<LogVolume>;
	/** Page by page, never holding more than one; the volume is asked first, and too much of it refused. */
	readonly pages: (question: LogQuestion, mostBytes?: number) => AsyncIterable<LogPage>;
};
