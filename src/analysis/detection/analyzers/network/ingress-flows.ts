import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {backendsOf} from '../../../diagnosis/case.ts';
import {ownTexts} from '../../mentions/told-texts.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** What controllers call themselves in their labels, by what their classes say. */
const usualNames: {readonly [controller: string]: readonly string[]} = {
	'k8s.io/ingress-nginx': ['ingress-nginx', 'nginx-ingress'],
	'nginx.org/ingress-controller': ['nginx-ingress'],
	'traefik.io/ingress-controller': ['traefik'],
	'haproxy.org/ingress-controller': ['kubernetes-ingress', 'haproxy-ingress'],
	'ingress-controllers.konghq.com/kong': ['kong'],
};

const nameLabels = ['app.kubernetes.io/name', 'app', 'k8s-app'];

/** Whether requests come in through a workload: controllers of load balancers outside of the cluster only tell those where the pods are. */
const takesRequests = (workload: KubeObject, ingressClass: KubeObject, survey: Survey) =>
	Object.hasOwn(usualNames, textAt(ingressClass, 'spec', 'controller') ?? '') ||
	survey
		.all('Service', workload.metadata.namespace)
		.some(
			service =>
				['LoadBalancer', 'NodePort'].includes(textAt(service, 'spec', 'type') ?? '') &&
				routingOf(survey).behind(service).includes(workload),
		);

/** Whether a workload answers for a class: its flags name the class or its controller, or its labels are the usual ones. */
function answersFor(workload: KubeObject, ingressClass: KubeObject): boolean {
	const controller = textAt(ingressClass, 'spec', 'controller') ?? '';
	const isTold = ownTexts(workload).some(
		({text, key}) =>
			(controller !== '' && text.includes(controller)) ||
			(/ingress-?class/i.test(key) && text.replace(/^.*=/, '') === ingressClass.metadata.name),
	);
	return isTold || nameLabels.some(label => usualNames[controller]?.includes(textAt(templateLabels(workload), label) ?? ''));
}

/** Somebody who hands requests from outside on to a Service, and the workload behind that. */
export type Handed = {
	readonly controller: KubeObject;
	readonly service: KubeObject;
	readonly port: number | undefined;
	readonly workload: KubeObject;
};

/** What controllers hand on for Ingresses; of those that stand on the network of their nodes policies know nothing. */
export function handedOn(survey: Survey): readonly Handed[] {
	const classes = survey.all('IngressClass').map(each => ({
		name: each.metadata.name,
		controllers: survey
			.workloads()
			.filter(
				workload =>
					['Deployment', 'DaemonSet'].includes(workload.kind) &&
					valueAt(podSpecOf(workload), 'hostNetwork') !== true &&
					answersFor(workload, each) &&
					takesRequests(workload, each, survey),
			),
	}));
	return survey.all('Ingress').flatMap(ingress => {
		const [controller, ...others] = classes.find(({name}) => name === textAt(ingress, 'spec', 'ingressClassName'))?.controllers ?? [];
		if (controller === undefined || others.length > 0) return [];
		return backendsOf(ingress).flatMap(({service: name, port}) => {
			const service = survey.find('Service', ingress.metadata.namespace, name);
			const asked = listAt(service, 'spec', 'ports').find(each => valueAt(each, 'port') === port || valueAt(each, 'name') === port);
			const number = valueAt(asked, 'port');
			return service === undefined
				? []
				: routingOf(survey)
						.behind(service)
						.filter(workload => workload !== controller)
						.map(workload => ({controller, service, port: typeof number === 'number' ? number : undefined, workload}));
		});
	});
}
