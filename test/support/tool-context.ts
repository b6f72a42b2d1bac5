import type {Event} from '../../src/core/event.ts';
import type {Context} from '../../src/core/tool.ts';
import type {Cluster} from '../../src/mcp/kubernetes/port.ts';
import {type ManualClock, manualClock} from './manual-clock.ts';

/** What a tool is given, over one cluster and a clock that a test moves. */
export function toolContext(
	cluster: Cluster,
	{clock = manualClock(), signal = new AbortController().signal}: {readonly clock?: ManualClock; readonly signal?: AbortSignal} = {},
) {
	const events: Event[] = [];
	const context: Context<{readonly cluster: Cluster}> = {
		ports: {cluster},
		clock,
		signal,
		emit: event => events.push(event),
		holder: 'alice@here/1',
		holderDied: () => false,
	};
	return {context, events, clock};
}
