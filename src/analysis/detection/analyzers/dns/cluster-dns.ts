import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const home = 'kube-system';

/** Two, as installers make it. */
const usualReplicas = 2;

function offCause(dns: KubeObject): readonly Cause[] {
	if (numberAt(dns, 'spec', 'replicas') !== 0) return [];
	const name = refText(refOf(dns));
	return [
		{
			id: 'cluster-dns-off',
			resource: refOf(dns),
			path: 'spec.replicas',
			hurts: [{apiVersion: 'v1', kind: 'Service', namespace: home, name: 'kube-dns'}],
			cause: {
				en: `${name} is scaled to 0: no name of the cluster resolves`,
				ko: `${name}의 레플리카가 0이라 클러스터 안에서 이름을 찾을 수 없습니다`,
			},
			evidence: [{source: name, detail: 'spec.replicas 0'}, ...changeEvidence(dns)],
			remedies: [
				{
					tool: 'workload_scale',
					input: {workload: `deployment/${dns.metadata.name}`, namespace: home, replicas: usualReplicas},
					side: 'workload',
					sure: true,
					amount: String(usualReplicas),
					text: {en: `Scale ${name} to ${usualReplicas}`, ko: `${name}를 ${usualReplicas}개로 늘립니다`},
				},
			],
		},
	];
}

function settingsCause(survey: Survey): readonly Cause[] {
	const settings = survey.find('ConfigMap', home, 'coredns');
	const corefile = textAt(settings, 'data', 'Corefile');
	if (settings === undefined || corefile === undefined || /^\s*kubernetes\s/m.test(corefile)) return [];
	const name = refText(refOf(settings));
	return [
		{
			id: 'cluster-dns-settings',
			resource: refOf(settings),
			path: 'data.Corefile',
			cause: {
				en: `The Corefile of ${name} has no kubernetes plugin: no name of a Service resolves`,
				ko: `${name}의 Corefile에 kubernetes 플러그인이 없어 서비스 이름을 찾을 수 없습니다`,
			},
			evidence: [{source: name, detail: 'data.Corefile without kubernetes'}, ...changeEvidence(settings)],
			remedies: [],
		},
	];
}

function serviceCause(dns: KubeObject, survey: Survey): readonly Cause[] {
	if (!survey.isRead('Service', home) || survey.find('Service', home, 'kube-dns') !== undefined) return [];
	// Some name it after the program.
	const isNamedOtherwise = survey.all('Service', home).some(each => textAt(each, 'spec', 'selector', 'k8s-app') === 'kube-dns');
	if (isNamedOtherwise) return [];
	const name = refText(refOf(dns));
	return [
		{
			id: 'cluster-dns-service-not-there',
			resource: {apiVersion: 'v1', kind: 'Service', namespace: home, name: 'kube-dns'},
			hurts: [refOf(dns)],
			cause: {
				en: `${name} runs, and there is no Service kube-dns that leads to it: no name of the cluster resolves`,
				ko: `${name}는 돌고 있지만 kube-dns 서비스가 없어 클러스터 안에서 이름을 찾을 수 없습니다`,
			},
			evidence: [{source: name, detail: 'no Service selects its pods'}],
			remedies: [],
			noRemedy: {
				en: 'It must have the address that the kubelets hand out (clusterDNS), which no object tells',
				ko: 'kubelet이 알려 주는 주소(clusterDNS)를 가져야 하는데 어느 객체에도 없습니다',
			},
		},
	];
}

/** The DNS of the cluster itself, where it is one of the usual make. */
export function clusterDns(survey: Survey): readonly Cause[] {
	const dns = survey
		.all('Deployment', home)
		.find(each => textAt(templateLabels(each), 'k8s-app') === 'kube-dns' && valueAt(each, 'spec') !== undefined);
	return dns === undefined ? [] : [...offCause(dns), ...settingsCause(survey), ...serviceCause(dns, survey)];
}
