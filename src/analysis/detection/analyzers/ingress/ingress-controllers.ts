import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence as writeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {ownTexts, type ToldText} from '../../mentions/told-texts.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** What a flag of a controller must be: a controller that a class names, or the name of a class. */
type Flag = {readonly keys: RegExp; readonly of: (ingressClass: KubeObject) => string; readonly what: string};

const controllerOf = (ingressClass: KubeObject) => textAt(ingressClass, 'spec', 'controller') ?? '';

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/ */
const controllerFlag: Flag = {keys: /^controller-class$/, of: controllerOf, what: 'spec.controller'};

/** As controllers other than ingress-nginx have it: Traefik, HAProxy, Contour, those of clouds. */
const nameFlag: Flag = {
	keys: /^(?:ingress-class(?:-name)?|ingress\.class|providers\.kubernetesingress\.ingressclass)$/,
	of: ({metadata}) => metadata.name,
	what: 'metadata.name',
};

const saidBy = ({text}: ToldText) => (text.startsWith('-') ? text.slice(text.indexOf('=') + 1) : text);

const flagsOf = (workload: KubeObject, {keys}: Flag) => ownTexts(workload).filter(each => keys.test(each.key) && !each.text.endsWith('='));

/** The value that was meant: that of before, that of the class which the controller itself names, or the only near one. */
function meantValue(flag: Flag, told: ToldText, {workload, survey, change}: Subject) {
	const classes = survey.all('IngressClass');
	const values = [...new Set(classes.map(flag.of))];
	const former = changesAt(change(), told.place)
		.flatMap(({to}) => (Array.isArray(to) ? to : [to]))
		.flatMap(text => (typeof text === 'string' ? values.filter(value => text === value || text.endsWith(`=${value}`)) : []));
	const named =
		flag === controllerFlag ? flagsOf(workload, nameFlag).flatMap(each => survey.find('IngressClass', undefined, saidBy(each)) ?? []) : [];
	const near = nearestNames(saidBy(told), values);
	const [value] = former.length > 0 ? former : named.length > 0 ? named.map(flag.of) : near.length === 1 ? near : [];
	return value === undefined ? undefined : {value, sure: former.length > 0 || named.length > 0};
}

function strayCause(flag: Flag, told: ToldText, subject: Subject): readonly Cause[] {
	const {workload, survey, given, change} = subject;
	const classes = survey.all('IngressClass');
	const value = saidBy(told);
	if (classes.some(each => flag.of(each) === value)) return [];
	const meant = meantValue(flag, told, subject);
	if (meant === undefined) return [];
	const who = refText(refOf(workload));
	const unserved = classes.filter(each => flag.of(each) === meant.value);
	const served = survey
		.all('Ingress')
		.filter(each => unserved.some(({metadata}) => metadata.name === textAt(each, 'spec', 'ingressClassName')));
	const to = told.text.startsWith('-') ? `${told.text.slice(0, told.text.indexOf('=') + 1)}${meant.value}` : meant.value;
	return [
		{
			id: 'ingress-controller-other-class',
			resource: refOf(workload),
			path: told.path,
			hurts: [...unserved, ...served].map(refOf),
			cause: {
				en: `${who} serves the class of ${flag.what} ${value}, and no IngressClass has it: those of ${meant.value} are served by nobody`,
				ko: `${who}가 ${flag.what} ${value}의 클래스를 맡는데 그런 IngressClass가 없어 ${meant.value}의 Ingress를 아무도 처리하지 않습니다`,
			},
			evidence: [
				{source: who, detail: `${told.path} ${told.text}`},
				...unserved.map(each => ({source: refText(refOf(each)), detail: `${flag.what} ${flag.of(each)}`})),
				...changeEvidence(given(), change(), changesAt(change(), told.place)),
				...writeEvidence(workload),
			],
			remedies: [
				exchange(workload, [{path: told.place, from: told.text, to}], {
					side: 'workload',
					sure: meant.sure,
					text: {en: `Make ${who} serve ${meant.value}`, ko: `${who}가 ${meant.value}을(를) 맡게 합니다`},
				}),
			],
		},
	];
}

/** Controllers of Ingresses that were told to serve another class than there is. */
export const ingressControllers = (survey: Survey): readonly Cause[] =>
	survey.isRead('IngressClass')
		? subjectsOf(survey).flatMap(subject => {
				const {workload} = subject;
				const byController = flagsOf(workload, controllerFlag);
				const isByName = ownTexts(workload).some(({text}) => /^--ingress-class-by-name(?:=true)?$/.test(text));
				// ingress-nginx goes by the controller that a class names, and by its name where it is told so.
				if (byController.length > 0) return isByName ? [] : byController.flatMap(told => strayCause(controllerFlag, told, subject));
				return flagsOf(workload, nameFlag).flatMap(told => strayCause(nameFlag, told, subject));
			})
		: [];
