import {type Clock, sleep} from '../../../core/clock.ts';
import type {EdgeCaller} from '../edge-tool.ts';
import {acknowledged, type Listening, listeningEnded, taskTold} from '../tasks/listening.ts';
import type {TaskNewsFor} from '../tasks/task-news.ts';

/** Streams on which clients hear of their tasks. */
export type TaskStreams = {
	readonly open: (listening: Listening, caller: EdgeCaller, until: Until) => Promise<Response>;
	/** Ends all of them, and says so. */
	readonly close: () => void;
};

type Until = {
	readonly signal: AbortSignal;
	/** Whether what opened the stream would still open it: a key ends or is revoked while somebody listens. */
	readonly isLetIn: () => Promise<boolean>;
};

/** How often a stream shows that it is alive, and is asked by what right. */
const keepAliveMs = 15_000;
const headers = {'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no'};

export function taskStreams(newsFor: TaskNewsFor, clock: Clock): TaskStreams {
	const closing = new AbortController();
	return {
		async open(listening, caller, {signal, isLetIn}) {
			const news = await newsFor(caller, listening.taskIds);
			const done = new AbortController();
			const {readable, writable} = new TransformStream<string, string>();
			const writer = writable.getWriter();
			// A client that has gone breaks the pipe.
			const write = (text: string) => void writer.write(text).catch(() => done.abort());
			const say = (message: object) => write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
			say(acknowledged(listening, news.ids));
			const over = AbortSignal.any([signal, closing.signal, done.signal]);
			const keepAlive = async () => {
				for (;;) {
					await sleep(clock, keepAliveMs, over);
					if (!(await isLetIn())) return;
					write(': keepalive\n\n');
				}
			};
			// What cannot be asked by what right it is has none.
			keepAlive()
				.catch(() => {})
				.finally(() => done.abort());
			const end = async () => {
				await news.tell(task => say(taskTold(listening, task)), over);
				done.abort();
				say(listeningEnded(listening));
				await writer.close();
			};
			// Whoever has gone hears no end either.
			end().catch(() => {});
			return new Response(readable.pipeThrough(new TextEncoderStream()), {headers});
		},
		close: () => closing.abort(),
	};
}
