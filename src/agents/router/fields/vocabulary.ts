import type {Field} from './field.ts';
import {ofJobs} from './vocabulary/jobs.ts';
import {ofLimits} from './vocabulary/limits.ts';
import {ofPods} from './vocabulary/pods.ts';
import {ofServices} from './vocabulary/services.ts';
import {ofStorage} from './vocabulary/storage.ts';
import {ofWorkloads} from './vocabulary/workloads.ts';

/** Fields by the words for them. What has grammar of its own (images, replicas, ports, schedules, probes) is read elsewhere. */
export const fields: readonly Field[] = [...ofPods, ...ofWorkloads, ...ofJobs, ...ofLimits, ...ofServices, ...ofStorage];
