import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import type {KindRule} from './kind-rule.ts';
import {argoRules} from './kinds/argo.ts';
import {clusterRules} from './kinds/cluster-infrastructure.ts';
import {dataRules} from './kinds/data-stores.ts';
import {deliveryRules} from './kinds/delivery.ts';
import {messagingRules} from './kinds/messaging.ts';
import {nativeRules} from './kinds/native.ts';
import {networkRules} from './kinds/networking.ts';
import {observabilityRules} from './kinds/observability.ts';
import {platformRules} from './kinds/platforms.ts';
import {provisioningRules} from './kinds/provisioning.ts';

const rules: readonly KindRule[] = [
	...nativeRules,
	...argoRules,
	...deliveryRules,
	...networkRules,
	...dataRules,
	...messagingRules,
	...observabilityRules,
	...platformRules,
	...provisioningRules,
	...clusterRules,
];

const byKind = new Map<string, KindRule>();
const byPattern: (readonly [RegExp, KindRule])[] = [];
for (const rule of rules) {
	for (const name of rule.kinds.split(/\s+/)) {
		if (name.includes('*')) byPattern.push([new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`), rule]);
		else byKind.set(name, rule);
	}
}

/** The rule of an object's kind: one that names it before one that names its group. */
export function ruleOf({apiVersion, kind}: KubeObject): KindRule | undefined {
	const name = `${groupOf(apiVersion)}/${kind}`;
	return byKind.get(name) ?? byPattern.find(([pattern]) => pattern.test(name))?.[1];
}
