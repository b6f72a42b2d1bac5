import type {Clause} from '../clause.ts';
import {scalesItself} from '../create/reading/creation.ts';
import {takesCauseAway} from '../diagnose/symptom.ts';
import type {Intent} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {evictionRule} from '../words/eviction-rule.ts';
import {mayOrder} from '../words/mood/mood-of.ts';
import {canaryIntent} from './canary/canary-intent.ts';
import {rolloutVerbIntent} from './canary/rollout-verb-intent.ts';
import {stagedCanaryIntent} from './canary/staged-canary-intent.ts';
import {envIntent} from './env/env-intent.ts';
import {imageIntent, looseImageIntent} from './image/image-intent.ts';
import {sameImageIntent} from './image/same-image.ts';
import {mayChange, speaksOfKind} from './is-change.ts';
import {labelsIntent} from './labels/labels-intent.ts';
import {mainPart} from './main-part.ts';
import {mixed} from './mixed.ts';
import {probeKinds} from './probes/probe-words.ts';
import {probesIntent} from './probes/probes-intent.ts';
import {resourcesIntent} from './resources/resources-intent.ts';
import {restartIntent} from './restart-intent.ts';
import {rollbackIntent} from './rollback/rollback-intent.ts';
import {sameScaleIntent} from './same-scale.ts';
import {scaleIntent} from './scale-intent.ts';
import {autoscalerIntent} from './settings/autoscaler-intent.ts';
import {configmapIntent} from './settings/configmap-intent.ts';
import {scheduleIntent, suspendIntent} from './settings/cron-intent.ts';
import {fieldsIntent} from './settings/fields-intent.ts';
import {ingressHostIntent} from './settings/ingress-host.ts';
import {ingressIntent} from './settings/ingress-intent.ts';
import {limitRangeIntent} from './settings/limit-range-intent.ts';
import {nodeSelectorIntent} from './settings/node-selector-intent.ts';
import {policyIntent} from './settings/policy-intent.ts';
import {quotaIntent} from './settings/quota-intent.ts';
import {roleIntent} from './settings/role-intent.ts';
import {serviceIntent} from './settings/service-intent.ts';
import {switchIntent} from './settings/switch-intent.ts';
import {storageIntent} from './storage/storage-intent.ts';
import {selectorEdit} from './traffic/selector-edit.ts';
import {trafficIntent} from './traffic/traffic-intent.ts';
import {behindComplaint} from './without-complaint.ts';
import {withoutForbidden} from './without-forbidden.ts';

/** Kinds with rules of their own: a sentence about one of them means no pods, though it names a workload. */
const rules = new Set(
	'PodDisruptionBudget NetworkPolicy Role ClusterRole RoleBinding ClusterRoleBinding Ingress HorizontalPodAutoscaler ResourceQuota LimitRange'.split(
		' ',
	),
);
const autoscaling = new RegExp(`\\bauto-?scal|\\bhpa\\b|오토 ?스케일|자동 ?(?:확장|스케일)|${scalesItself.source}`, 'i');

/** The intent, for clauses that change what exists. */
const changing = (intent: Intent): Intent => ({
	...intent,
	async understand(spoken, world, talk) {
		// Which setting that is has to be found out first.
		if (takesCauseAway.test(spoken.text)) return undefined;
		const clause = withoutForbidden(spoken);
		const complaint = behindComplaint(clause);
		if (complaint !== undefined && mayChange(clauseOf(complaint.order))) return intent.understand(complaint.clause, world, talk);
		return mayChange(clause) ? intent.understand(clause, world, talk) : undefined;
	},
});

/** The intent, for clauses about workloads and what belongs to them. */
const onWorkloads = (intent: Intent): Intent =>
	changing({
		...intent,
		understand: async (clause, world, talk) =>
			speaksOfKind(clause, rules) || autoscaling.test(clause.text) || evictionRule.test(clause.text)
				? undefined
				: intent.understand(clause, world, talk),
	});

/** Again and again is the work of a CronJob, not of a change now. */
const recurring =
	/\b(?:every|each) (?:single )?(?:night|day|morning|evening|noon|hour|week|month|weekday|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b|(?<!-)\b(?:nightly|daily|hourly|weekly|monthly)\b(?!-)|매일|매주|매달|매월|날마다|밤마다/i;

const once = (intent: Intent): Intent => ({
	...intent,
	understand: async (clause, world, talk) => (recurring.test(clause.text) ? undefined : intent.understand(clause, world, talk)),
});

/** `5번 실패하면 재시작되게 프로브를 달아줘`: what a probe is to bring about is no order. */
const beside = (intent: Intent): Intent => ({
	...intent,
	understand: async (clause, world, talk) =>
		addsProbe(clause) || countsFailures(clause) ? undefined : intent.understand(clause, world, talk),
});

/** `restart web only after 5 failed liveness checks` */
const countsFailures = ({text}: Pick<Clause, 'text'>) =>
	probeKinds(text.toLowerCase()).length > 0 &&
	/\b(?:after|if|when|once|unless|until)\b.*\bfail|\b(?:fail|miss)\w*\b.*\bbefore\b|실패/i.test(text);

const addsProbe = (clause: Pick<Clause, 'text'>) =>
	probeKinds(clause.text.toLowerCase()).length > 0 &&
	/\b(?:add|give|set up|configure|put|with|needs?|have|has)\b.*\b(?:probe|check|liveness|readiness)|(?:프로브|체크|검사)\S* ?(?:하나 ?)?(?:달|추가|넣|붙|설정|만들)/i.test(
		clause.text,
	);

/** Those with words of their own first: `scale` takes any number. A canary creates, beside what exists. */
const intents: readonly Intent[] = [
	onWorkloads(sameImageIntent),
	onWorkloads(sameScaleIntent),
	onWorkloads(rollbackIntent),
	...[rolloutVerbIntent, stagedCanaryIntent, canaryIntent].map(
		(intent): Intent => ({
			...intent,
			understand: async (clause, world, talk) => (mayOrder(clause.text) ? intent.understand(clause, world, talk) : undefined),
		}),
	),
	once(onWorkloads(beside(restartIntent))),
	onWorkloads(probesIntent),
	...[
		labelsIntent,
		selectorEdit,
		switchIntent,
		autoscalerIntent,
		quotaIntent,
		policyIntent,
		roleIntent,
		limitRangeIntent,
		ingressIntent,
		ingressHostIntent,
		serviceIntent,
		configmapIntent,
		fieldsIntent,
	].map(changing),
	...[
		nodeSelectorIntent,
		storageIntent,
		resourcesIntent,
		suspendIntent,
		envIntent,
		trafficIntent,
		imageIntent,
		scheduleIntent,
		once(scaleIntent),
		looseImageIntent,
	].map(onWorkloads),
];

const copying = /\b(?:cop(?:y|ies)|clone|duplicate|new|another|second)\b|복사|복제|똑같|새로/i;

/** Edits of what names other kinds in its rules: they name an object that is there, so nothing is to be made. */
export const ruleIntents: readonly Intent[] = [policyIntent, roleIntent, limitRangeIntent].map(changing).map(intent => ({
	...intent,
	understand: async (clause, world, talk) => (copying.test(clause.text) ? undefined : intent.understand(clause, world, talk)),
}));

/** The intents, each given a clause without the reasons that speak of other things. */
function onMainPart(all: readonly Intent[]): readonly Intent[] {
	const known = new WeakMap<Clause, Promise<Clause>>();
	return all.map(intent => ({
		...intent,
		async understand(clause, world, talk) {
			const main = known.get(clause) ?? mainPart(clause, world);
			known.set(clause, main);
			return intent.understand(await main, world, talk);
		},
	}));
}

/** Everything that changes what exists. */
export const changeIntents: readonly Intent[] = onMainPart([changing(mixed(intents)), ...intents]);
