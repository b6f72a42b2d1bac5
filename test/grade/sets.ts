import {actionsSet} from './actions/actions-set.ts';
import {canarySet} from './canary/canary-set.ts';
import type {GradeSet} from './grade-set.ts';
import {healthSet} from './health/health-set.ts';
import {replicasSet} from './replicas/replicas-set.ts';

/** The sets by name. A set's folder under `data/` has the same name; one that shares a folder with others is named there. */
export const gradeSets: {readonly [name: string]: {readonly folder: string; readonly grade: GradeSet}} = {
	actions: {folder: 'actions', grade: actionsSet},
	canary: {folder: 'canary', grade: canarySet},
	health: {folder: 'health', grade: healthSet},
	replicas: {folder: 'canary', grade: replicasSet},
};
