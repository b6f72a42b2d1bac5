import {durationText} from '../../../../analysis/alert-rules/promql/duration-ms.ts';
import type {RuleSeverity} from '../../../../analysis/alert-rules/rule.ts';
import {type Ref, refText} from '../../../../core/kube/kube-object.ts';
import {durationOf} from '../../duration-of.ts';
import type {DesignInput} from './design-input.ts';

type Common = {
	readonly name: string;
	readonly severity: RuleSeverity;
	readonly for?: string;
	readonly runbook?: string;
	readonly labels?: {readonly [label: string]: string};
};

/** How the alerts about one object are named. */
export type Naming = {
	/** As people read it: `Deployment shop/web`. */
	readonly of: string;
	/** Of files and objects: `shop-web`. */
	readonly slug: string;
	/** What every intent is given; the ending says what is wrong, as in `WebErrors`. */
	readonly common: (ending: string) => Common;
};

/** CamelCase of a name of Kubernetes. */
const camel = (text: string) =>
	text
		.split(/[^a-zA-Z0-9]+/)
		.map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
		.join('');

/** @param ref of the object that the alerts are about; undefined for those about nothing of the cluster */
export function namingOf(ref: Ref | undefined, asked: Pick<DesignInput, 'name' | 'severity' | 'for' | 'runbook'>): Naming {
	const beginning = ref === undefined ? 'Query' : camel(ref.name);
	// A name of PromQL begins with a letter.
	const safe = /^[a-zA-Z_]/.test(beginning) ? beginning : `Workload${beginning}`;
	return {
		of: ref === undefined ? 'the query' : refText(ref),
		slug: ref === undefined ? 'query' : [ref.namespace, ref.name].filter(part => part !== undefined).join('-'),
		common: ending => ({
			name: asked.name ?? `${safe}${ending}`,
			severity: asked.severity,
			...(asked.for === undefined ? {} : {for: durationText(durationOf(asked.for))}),
			...(asked.runbook === undefined ? {} : {runbook: asked.runbook}),
			...(ref === undefined ? {} : {labels: {[ref.kind.toLowerCase()]: ref.name}}),
		}),
	};
}
