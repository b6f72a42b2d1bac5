import {accounts} from './chapters/accounts.ts';
import {autoscalers} from './chapters/autoscalers.ts';
import {cronJobs} from './chapters/cron-jobs.ts';
import {customSubresources} from './chapters/custom-subresources.ts';
import {daemonSets} from './chapters/daemon-sets.ts';
import {deleteOptions} from './chapters/delete-options.ts';
import {deletes} from './chapters/deletes.ts';
import {disruptions} from './chapters/disruptions.ts';
import {happenings} from './chapters/happenings.ts';
import {jobs} from './chapters/jobs.ts';
import {podLives} from './chapters/pod-lives.ts';
import {podSubresources} from './chapters/pod-subresources.ts';
import {quotas} from './chapters/quotas.ts';
import {replicaSets} from './chapters/replica-sets.ts';
import {rollouts} from './chapters/rollouts.ts';
import {scales} from './chapters/scales.ts';
import {scheduling} from './chapters/scheduling.ts';
import {services} from './chapters/services.ts';
import {statefulSets} from './chapters/stateful-sets.ts';
import {statuses} from './chapters/statuses.ts';
import {volumes} from './chapters/volumes.ts';
import type {Chapter} from './room.ts';

/** What controllers make of objects, and the doors of objects that they use. Autoscalers look every fifteen seconds and so come first. */
export const controllers: Readonly<Record<string, Chapter>> = {
	autoscalers,
	rollouts,
	replicaSets,
	statefulSets,
	daemonSets,
	jobs,
	cronJobs,
	services,
	disruptions,
	quotas,
	scheduling,
	podLives,
	volumes,
	accounts,
	happenings,
	deletes,
	deleteOptions,
	scales,
	statuses,
	podSubresources,
	customSubresources,
};
