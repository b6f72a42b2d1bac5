import {thisMachine} from '../../core/this-machine.ts';
import type {Impersonation} from '../../mcp/kubernetes/kubeconfig/kubeconfig.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';

type Options = ActionCall['options'];

/** Tells one cluster from another. */
export const placeOf = ({context, sandbox}: Options): string => JSON.stringify([context ?? null, sandbox ?? null]);

/** Sessions of the screens, one for each place that somebody looks at: a cluster, or this machine, whose name stands where that of a context does. They are behind the screen: whoever writes to the terminal draws over it. */
export function sessionsBehind(host: Host, signal: AbortSignal, {apart = false} = {}) {
	const behind: Host = {
		...host,
		signal: AbortSignal.any([host.signal, signal]),
		streams: {...host.streams, err() {}, canAsk: false, inIsPiped: false, readInput: async () => ''},
	};
	const opened = new Map<string, Promise<Session>>();
	return {
		/** The session of a place, opened by the first who asks. One that could not be opened is tried again by the next. */
		async of(options: Options, actAs?: Impersonation): Promise<Session> {
			const place = `${placeOf(options)}${actAs === undefined ? '' : JSON.stringify(actAs)}`;
			const known = opened.get(place);
			if (known !== undefined) return known;
			const open = async () =>
				(await import('../session.ts')).openSession({options, host: behind, here: options.context === thisMachine, actAs, apart});
			// Whoever asks first waits for it, and his trace shows for what.
			const opening = host.spans === undefined ? open() : host.spans.within({name: 'connect'}, open);
			opened.set(place, opening);
			opening.catch(() => opened.delete(place));
			return opening;
		},
		/** Closes all of them, also those that are still being opened. */
		async close(): Promise<void> {
			const all = await Promise.allSettled(opened.values());
			await Promise.all(all.map(result => (result.status === 'fulfilled' ? result.value.close() : undefined)));
		},
	};
}
