import type {EdgeCaller} from '../edge-tool.ts';
import {acknowledged, type Listening, listeningEnded, taskTold} from '../tasks/listening.ts';
import type {TaskNewsFor} from '../tasks/task-news.ts';

/** Streams on which clients hear of their tasks. */
export type TaskStreams = {
	readonly open: (listening: Listening, caller: EdgeCaller, signal: AbortSignal) => Promise<Response>;
	/** Ends all of them, and says so. */
	readonly close: () => void;
};

const keepAliveMs = 15_000;
const headers = {'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no'};

export function taskStreams(newsFor: TaskNewsFor): TaskStreams {
	const closing = new AbortController();
	return {
		async open(listening, caller, signal) {
			const news = await newsFor(caller, listening.taskIds);
			const gone = new AbortController();
			const {readable, writable} = new TransformStream<string, string>();
			const writer = writable.getWriter();
			// A client that has gone breaks the pipe.
			const write = (text: string) => void writer.write(text).catch(() => gone.abort());
			const say = (message: object) => write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
			say(acknowledged(listening, news.ids));
			const alive = setInterval(() => write(': keepalive\n\n'), keepAliveMs);
			alive.unref();
			const over = AbortSignal.any([signal, closing.signal, gone.signal]);
			const end = async () => {
				await news.tell(task => say(taskTold(listening, task)), over);
				clearInterval(alive);
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
