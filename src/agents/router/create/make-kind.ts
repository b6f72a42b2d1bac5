import {makeAccess} from './kinds/access.ts';
import {makeServiceAccount} from './kinds/account.ts';
import {makeAutoscaler} from './kinds/autoscaler.ts';
import {makeCronJob, makeJob} from './kinds/batch.ts';
import {makeBudget} from './kinds/budget.ts';
import {makeClaim} from './kinds/claim.ts';
import {makeIngress} from './kinds/ingress.ts';
import {makeLimitRange} from './kinds/limit-range.ts';
import {makeNamespace} from './kinds/namespace.ts';
import {makePolicy} from './kinds/policy.ts';
import {makeQuota} from './kinds/quota.ts';
import {makeSecret} from './kinds/secret.ts';
import {makeService} from './kinds/service.ts';
import {makeConfigMap} from './kinds/settings.ts';
import {makeStatefulSet, makeWorkload} from './kinds/workloads.ts';
import type {Made} from './made.ts';
import type {Head} from './reading/head.ts';
import type {Mention} from './reading/mentions.ts';
import {type Scene, unknownPlace} from './scene.ts';

/** A kind that no word names stands nowhere. */
const nowhere: Mention = {kind: 'Deployment', first: -2, last: -2};

async function make(scene: Scene, {kind, mention}: Head): Promise<Made> {
	const at = mention ?? nowhere;
	switch (kind) {
		case 'Namespace':
			return makeNamespace(scene, at);
		case 'Pod':
		case 'Deployment':
		case 'DaemonSet':
			return makeWorkload(scene, kind);
		case 'StatefulSet':
			return makeStatefulSet(scene);
		case 'CronJob':
			return makeCronJob(scene);
		case 'Job':
			return makeJob(scene);
		case 'Service':
			return makeService(scene);
		case 'Ingress':
			return makeIngress(scene);
		case 'ConfigMap':
			return makeConfigMap(scene);
		case 'Secret':
			return makeSecret(scene);
		case 'Role':
		case 'RoleBinding':
			return makeAccess(scene);
		case 'NetworkPolicy':
			return makePolicy(scene);
		case 'HorizontalPodAutoscaler':
			return makeAutoscaler(scene);
		case 'PodDisruptionBudget':
			return makeBudget(scene);
		case 'ResourceQuota':
			return makeQuota(scene);
		case 'LimitRange':
			return makeLimitRange(scene);
		case 'PersistentVolumeClaim':
			return makeClaim(scene);
		case 'ServiceAccount':
			return makeServiceAccount(scene);
	}
}

/** What a wish wants of one kind, in the place that it names. */
export const makeNew = async (scene: Scene, head: Head) =>
	(head.kind === 'Namespace' ? undefined : unknownPlace(scene)) ?? make(scene, head);
