import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {refusalOf} from '../../../diagnosis/target-port-causes.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {isStranger} from './broad-selectors.ts';

function unevenCause(service: KubeObject, port: Json, lacking: KubeObject): Cause {
	const [name, who] = [refText(refOf(service)), refText(refOf(lacking))];
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	const have =
		declaredPorts(podSpecOf(lacking))
			.map(each => (each.name === '' ? String(each.number) : `${each.number} (${each.name})`))
			.join(', ') || 'none';
	const container = textAt(listAt(podSpecOf(lacking), 'containers')[0], 'name') ?? '0';
	return {
		id: 'target-port-not-there',
		resource: refOf(lacking),
		path: `${(templatePath(lacking) ?? []).join('.')}.spec.containers[${container}].ports`,
		hurts: [refOf(service)],
		cause: {
			en: `${name} sends to ${target} of its pods, and those of ${who} have ${have}, while its others have it: a part of the requests is lost`,
			ko: `${name}가 파드의 ${target} 포트로 보내는데 ${who}의 파드에는 ${have}뿐이라 요청 일부가 사라집니다`,
		},
		evidence: [{source: name, detail: `targetPort ${target}`}, {source: who, detail: `containerPort ${have}`}, ...changeEvidence(lacking)],
		remedies: [],
		noRemedy: {en: 'Where these pods listen only their owner knows', ko: '이 파드가 어디서 듣는지는 담당자만 압니다'},
	};
}

/** Services of several tracks of one application, of which one does not have the port that the others have. */
export function unevenPorts(survey: Survey): readonly Cause[] {
	const {behind} = routingOf(survey);
	return survey.all('Service').flatMap(service => {
		const all = behind(service).filter(each => each.kind !== 'Pod' && numberAt(each, 'spec', 'replicas') !== 0);
		if (all.length < 2) return [];
		return listAt(service, 'spec', 'ports').flatMap(port => {
			const lacking = all.filter(each => refusalOf(port, podSpecOf(each)) !== undefined);
			const [having] = all.filter(each => !lacking.includes(each));
			return having === undefined
				? []
				: lacking.filter(each => !isStranger(each, having, service)).map(each => unevenCause(service, port, each));
		});
	});
}
