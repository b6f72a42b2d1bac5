import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {changeEvidence} from '../../changed-last.ts';
import type {Survey} from '../../survey.ts';

const defaultMark = 'ingressclass.kubernetes.io/is-default-class';
const oldMark = 'kubernetes.io/ingress.class';

const namesOf = (objects: readonly KubeObject[]) => objects.map(({metadata}) => metadata.name);
const isServed = (ingress: KubeObject) => listAt(ingress, 'status', 'loadBalancer', 'ingress').length > 0;

/** The class that was meant: one of a near name, the default, or the only one that there is. */
function meantClass(name: string | undefined, classes: readonly KubeObject[]): string | undefined {
	const near = name === undefined ? undefined : meantName(name, namesOf(classes));
	const usual = classes.find(({metadata}) => metadata.annotations?.[defaultMark] === 'true');
	return near ?? usual?.metadata.name ?? (classes.length === 1 ? classes[0]?.metadata.name : undefined);
}

function remedies(ingress: KubeObject, from: string | undefined, meant: string | undefined): readonly Remedy[] {
	if (meant === undefined) return [];
	const name = refText(refOf(ingress));
	return [
		exchange(ingress, [{path: ['spec', 'ingressClassName'], from, to: meant}], {
			side: 'ingress',
			sure: true,
			text: {en: `Give ${name} the class ${meant}`, ko: `${name}의 클래스를 ${meant}(으)로 합니다`},
		}),
	];
}

function classCause(ingress: KubeObject, classes: readonly KubeObject[]): readonly Cause[] {
	const asked = textAt(ingress, 'spec', 'ingressClassName');
	const have = namesOf(classes).join(', ') || 'none';
	const name = refText(refOf(ingress));
	const base = {resource: refOf(ingress), path: 'spec.ingressClassName', remedies: remedies(ingress, asked, meantClass(asked, classes))};
	if (asked !== undefined)
		return classes.some(({metadata}) => metadata.name === asked)
			? []
			: [
					{
						...base,
						id: 'ingress-class-not-there',
						// Some controllers need no such object: without any, nobody can tell.
						...(classes.length === 0 ? {severity: isServed(ingress) ? ('low' as const) : ('medium' as const)} : {}),
						cause: {
							en: `${name} names the class ${asked}, which is not there (there is: ${have}): no controller takes it up`,
							ko: `${name}가 지정한 클래스 ${asked}이(가) 없어(있는 것: ${have}) 어떤 컨트롤러도 처리하지 않습니다`,
						},
						evidence: [
							{source: name, detail: `spec.ingressClassName ${asked}`},
							{source: 'IngressClasses', detail: have},
							...changeEvidence(ingress),
						],
					},
				];
	const isNamed = ingress.metadata.annotations?.[oldMark] !== undefined;
	const hasDefault = classes.some(({metadata}) => metadata.annotations?.[defaultMark] === 'true');
	return isNamed || hasDefault || classes.length === 0 || isServed(ingress)
		? []
		: [
				{
					...base,
					id: 'ingress-without-class',
					cause: {
						en: `${name} names no class, and none of ${have} is the default: no controller takes it up`,
						ko: `${name}에 클래스가 없고 ${have} 중 기본 클래스도 없어 어떤 컨트롤러도 처리하지 않습니다`,
					},
					evidence: [
						{source: name, detail: 'no spec.ingressClassName'},
						{source: 'IngressClasses', detail: `${have}, none is the default`},
					],
				},
			];
}

/** Ingresses that no controller takes up. */
export const ingressClassFaults = (survey: Survey): readonly Cause[] =>
	survey.isRead('IngressClass') ? survey.all('Ingress').flatMap(ingress => classCause(ingress, survey.all('IngressClass'))) : [];
