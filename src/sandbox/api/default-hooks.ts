import type {Hooks} from '../machine.ts';
import {StatusError} from '../status-error.ts';

/** What the server answers where nothing gives pods a life: no logs, no commands, every eviction allowed. */
export const defaultHooks: Hooks = {
	podLogs: () => [],
	podLogsFollow: () => undefined,
	podExec() {
		throw new StatusError(501, 'NotImplemented', 'this cluster runs no commands in pods');
	},
	evict: () => undefined,
	admit: (_operation, object) => object,
	http: () => undefined,
};
