import {hostname} from 'node:os';
import {MkcoaError} from '../core/error.ts';
import {targetHere} from '../core/this-machine.ts';
import {settingsFiles} from '../mcp/clients/settings-files.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import {absentCluster} from './absent-cluster.ts';
import type {Host} from './host.ts';
import type {Connection} from './open-cluster.ts';

const notHere = async (): Promise<never> => {
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-of-this-machine',
		what: 'That is asked of a cluster, and this plan is about this machine',
		next: 'Name a cluster with --context',
	});
};

/**
 * This machine in the place of a cluster: the settings files of MCP clients are its objects. So their changes travel the road that all changes
 * travel, with its preconditions, journal and undo.
 */
export function openThisMachine({home, uid, user, started}: Pick<Host, 'home' | 'uid' | 'user' | 'started'>): Connection {
	const {reader, effector} = settingsFiles({platform: started.platform, home, uid});
	// A name that a network gives comes and goes; its first word is the machine's own.
	const [machine = ''] = hostname().split('.');
	const cluster: Cluster = {...absentCluster(notHere), target: async () => targetHere(machine, user), ...reader};
	const close = async () => {};
	return {client: {cluster, effector, close}, close};
}
