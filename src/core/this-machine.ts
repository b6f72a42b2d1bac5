import type {Target} from './plan.ts';

/** Where a plan applies that changes the settings of a program here, and no cluster. */
export const thisMachine = 'this machine';

const prefix = 'machine/';

/** The target of such plans. The id tells it from a cluster whose context somebody calls the same. */
export const targetHere = (machine: string, user: string): Target => ({
	context: thisMachine,
	cluster: machine,
	clusterId: `${prefix}${machine}`,
	identity: user,
});

/** Whether a plan changes a machine and no cluster. */
export const isMachine = ({clusterId}: Target): boolean => clusterId.startsWith(prefix);
