import type {Json} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {caseOf} from '../../diagnosis/case.ts';
import {podSpecPlace} from '../../diagnosis/container-place.ts';
import {lastApplied} from '../../diagnosis/last-applied.ts';
import {changeOf, type TemplateChange} from '../../diagnosis/template-change.ts';
import {oncePerSurvey} from '../once-per-survey.ts';
import type {Survey} from '../survey.ts';
import {clusterNameOf} from './cluster-name.ts';
import {hostsIn} from './host-names.ts';
import type {Mention} from './mentions.ts';

/** A Service that is there, and the port at which it was asked where that was another. */
export type FormerService = {readonly service: KubeObject; readonly port: number | undefined};

const changesIn = oncePerSurvey(() => new Map<KubeObject, TemplateChange | undefined>());

/** What of a workload is other than it was, looked up once: it takes a look through its namespace. */
function templateChange(workload: KubeObject, survey: Survey): TemplateChange | undefined {
	const known = changesIn(survey);
	// A Deployment of one revision has had no other; the last run of a CronJob may be of before.
	const fewest = workload.kind === 'CronJob' ? 1 : 2;
	if (!known.has(workload) && survey.ownedBy(workload).length >= fewest)
		known.set(workload, changeOf(caseOf(workload, survey.scene(workload.metadata.namespace ?? ''))));
	return known.get(workload);
}

const named = (items: readonly Json[], name: string | undefined) => items.find(each => textAt(each, 'name') === name);

/** What the field held before: in the revision, or the run, that went well, or by what was applied last. */
function formerText({holder, workload, place, key}: Mention, survey: Survey): string | undefined {
	if (holder !== workload) return textAt(lastApplied(holder), ...place.map(String));
	const change = templateChange(workload, survey);
	if (change === undefined) return undefined;
	const [list = '', index, field] = place.slice(podSpecPlace(workload).length).map(String);
	if (field !== 'env') {
		const [former] = change.exchanges.filter(({path}) => path.join('.') === place.join('.'));
		return typeof former?.to === 'string' ? former.to : undefined;
	}
	// Variables are found by their names: others may have come before them.
	const container = textAt(listAt(podSpecOf(workload), list)[Number(index)], 'name');
	const former = named(listAt(change.earlier.template, 'spec', list), container);
	return textAt(named(listAt(former, 'env'), key), 'value');
}

/** The Service that the field named before it named one that is not there. */
export function formerService(mention: Mention, survey: Survey): FormerService | undefined {
	const text = formerText(mention, survey);
	if (text === undefined || text === mention.text) return undefined;
	const found = hostsIn(text, mention.key).flatMap(({host, port, isImplied}) => {
		const meant = clusterNameOf(host, mention.workload.metadata.namespace ?? '', survey);
		const service = meant === undefined ? undefined : survey.find('Service', meant.namespace, meant.service);
		return service === undefined ? [] : [{service, port: isImplied === true ? undefined : port}];
	});
	return found.length === 1 ? found[0] : undefined;
}
