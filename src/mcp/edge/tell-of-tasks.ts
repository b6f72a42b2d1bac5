import {type JSONRPCMessage, SUBSCRIPTION_ID_META_KEY, type Transport} from '@modelcontextprotocol/server';
import * as z from 'zod';
import type {EdgeCaller} from './edge-tool.ts';
import {acknowledged, type Listening, listeningOf, taskTold} from './tasks/listening.ts';
import type {TaskNewsFor} from './tasks/task-news.ts';

type Telling = {readonly newsFor: TaskNewsFor; readonly caller: EdgeCaller};

const cancelled = z.object({
	method: z.literal('notifications/cancelled'),
	params: z.object({requestId: z.union([z.string(), z.number()])}),
});
const acknowledging = z.object({
	method: z.literal('notifications/subscriptions/acknowledged'),
	params: z.object({_meta: z.object({[SUBSCRIPTION_ID_META_KEY]: z.union([z.string(), z.number()])})}),
});
const answering = z.object({id: z.union([z.string(), z.number()])});

/**
 * Lets a client over pipes hear of its tasks. The SDK serves `subscriptions/listen` itself and drops the tasks of it, so they are read as the request
 * comes in, and put into the acknowledgement as that goes out.
 * @param transport that is served already
 */
export function tellOfTasks(transport: Transport, {newsFor, caller}: Telling): void {
	const asked = new Map<string | number, Listening>();
	const told = new Map<string | number, AbortController>();
	const stop = (id: string | number) => {
		asked.delete(id);
		told.get(id)?.abort();
		told.delete(id);
	};

	const {onmessage, onclose} = transport;
	const send = transport.send.bind(transport);
	transport.onmessage = (message, extra) => {
		const listening = listeningOf(message);
		if (listening !== undefined) asked.set(listening.id, listening);
		const given = cancelled.safeParse(message);
		if (given.success) stop(given.data.params.requestId);
		onmessage?.(message, extra);
	};
	transport.onclose = () => {
		for (const id of [...told.keys()]) stop(id);
		onclose?.();
	};
	transport.send = async (message, options) => {
		const id = acknowledging.safeParse(message).data?.params._meta[SUBSCRIPTION_ID_META_KEY];
		const listening = id === undefined ? undefined : asked.get(id);
		if (listening === undefined) {
			// The request was refused, or the server ends what it told.
			const answer = answering.safeParse(message);
			if (answer.success && !('method' in message)) stop(answer.data.id);
			return send(message, options);
		}
		asked.delete(listening.id);
		const over = new AbortController();
		told.set(listening.id, over);
		const news = await newsFor(caller, listening.taskIds);
		await send(acknowledged(listening, news.ids), options);
		void news.tell(task => void send(taskTold(listening, task) as JSONRPCMessage).catch(() => over.abort()), over.signal);
	};
}
