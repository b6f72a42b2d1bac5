import {reports} from '../read/reports.ts';
import type {Call} from '../understanding.ts';

const reading = new Set([
	...['resource_list', 'resource_describe', 'resource_get', 'resource_usage', 'pod_logs', 'rollout_history', 'permissions_check'],
	...reports.map(({tool}) => tool),
]);

/** Whether a call of a tool changes the cluster. What is not known to read counts as a change. */
export const isChanging = ({tool}: Call): boolean => !reading.has(tool);
