import type {Call} from '../understanding.ts';

const reading = /^(?:resource_(?:list|describe|get|usage)|pod_logs|rollout_history|permissions_check)$/;

/** Whether a call of a tool changes the cluster. What is not known to read counts as a change. */
export const isChanging = ({tool}: Call): boolean => !reading.test(tool);
