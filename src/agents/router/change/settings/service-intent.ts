import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import type {Intent} from '../../understanding.ts';
import {clausesOf} from '../../words/clauses-of.ts';
import {givesOrder} from '../../words/mood/mood-of.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';
import {portName, type ServiceChange, saysMorePorts, serviceChange} from './service-words.ts';

/** The port that is meant: the only one, or the one whose number or name the clause says. */
function portOf({clause}: Asking, service: KubeObject): number | Question {
	const ports = listAt(service, 'spec', 'ports');
	if (ports.length === 1) return 0;
	const said = new Set(clause.words.map(({text}) => text));
	const found = ports.flatMap((port, at) => (said.has(textAt(port, 'name') ?? '') || said.has(String(numberAt(port, 'port'))) ? [at] : []));
	const [at] = found;
	if (at !== undefined && found.length === 1) return at;
	const {name} = service.metadata;
	const list = ports.map(port => `${textAt(port, 'name') ?? ''} ${numberAt(port, 'port')}`.trim()).join(', ');
	return question(clause, `Which port of Service ${name}: ${list}?`, `서비스 ${name}의 어느 포트인가요: ${list}?`);
}

const outside = (port: number | undefined) => port !== undefined && (port < 30_000 || port > 32_767);

function withPort(service: KubeObject, at: number, {port, target, nodePort}: ServiceChange): Json | undefined {
	const changed = (one: Json): Json =>
		isJsonObject(one)
			? {
					...one,
					...(port === undefined ? {} : {port}),
					...(target === undefined ? {} : {targetPort: target}),
					...(nodePort === undefined ? {} : {nodePort}),
				}
			: one;
	return changeAt(service, ['spec', 'ports'], ports =>
		Array.isArray(ports) ? ports.map((one, index) => (index === at ? changed(one) : one)) : ports,
	);
}

function edited(asking: Asking, service: KubeObject, change: ServiceChange): Edit | Question | undefined {
	const {clause} = asking;
	const {selector, ...numbers} = change;
	if (outside(numbers.nodePort))
		return question(
			clause,
			`Node ports go from 30000 to 32767. Which one should Service ${service.metadata.name} have?`,
			`노드 포트는 30000에서 32767까지입니다. 서비스 ${service.metadata.name}에 어느 것을 쓸까요?`,
		);
	const selected = Object.entries(selector ?? {}).reduce<Json | undefined>(
		(now, [key, value]) => changeAt(now, ['spec', 'selector', key], () => value),
		service,
	);
	const told = [...Object.entries(numbers), ...Object.entries(selector ?? {})].map(([key, value]) => `${key} ${String(value)}`).join(', ');
	if (Object.values(numbers).every(value => value === undefined)) return {after: selected, told};
	if (isFurther(asking, service, change)) return withFurther(asking, service, change);
	const at = portOf(asking, service);
	if (typeof at !== 'number') return at;
	const served = {...service, ...(isJsonObject(selected) ? selected : {})};
	const open = numbers.nodePort !== undefined && !/^(?:NodePort|LoadBalancer)$/.test(textAt(service, 'spec', 'type') ?? '');
	const typed = open ? changeAt(served, ['spec', 'type'], () => 'NodePort') : served;
	return {after: withPort(isJsonObject(typed) ? {...served, ...typed} : served, at, numbers), told: open ? `type NodePort, ${told}` : told};
}

/** A port beside those that there are: said so, or by a name that none of them has. */
function isFurther({clause}: Asking, service: KubeObject, {port}: ServiceChange): boolean {
	const ports = listAt(service, 'spec', 'ports');
	const name = portName(clause);
	const isThere = (field: string, value: Json | undefined) => ports.some(one => isJsonObject(one) && one[field] === value);
	return port !== undefined && !isThere('port', port) && (saysMorePorts(clause) || (name !== undefined && !isThere('name', name)));
}

function withFurther({clause}: Asking, service: KubeObject, {port, target}: ServiceChange): Edit | Question {
	const name = portName(clause);
	const isNameless = listAt(service, 'spec', 'ports').some(one => textAt(one, 'name') === undefined);
	if (name === undefined || isNameless)
		return question(
			clause,
			`Every port of a Service with several has a name. What should port ${port} of ${service.metadata.name} be called?`,
			`포트가 여럿인 서비스는 포트마다 이름이 있어야 합니다. ${service.metadata.name}의 포트 ${port} 이름을 무엇으로 할까요?`,
		);
	const further = {name, port: port ?? 0, targetPort: target ?? port ?? 0, protocol: 'TCP'};
	return {
		after: changeAt(service, ['spec', 'ports'], ports => [...(Array.isArray(ports) ? ports : []), further]),
		told: `further port ${port} (${name})`,
	};
}

const addsPort =
	/\badd(?:s|ed|ing)?\b[^.;]*\bport\b[^.;]*\bto (?:the )?(?:service [\w-]+|[\w-]+ service)\b|서비스에\s[^.]*포트[^.]*(?:추가|더|열)/i;

/** Changes the ports and the selector of a Service that exists. */
export const serviceIntent: Intent = {
	name: 'service',
	async understand(clause, world, talk) {
		const change = serviceChange(clause);
		const listens = /\blistens?\b|\bport\b|포트/i.test(clause.text) && (await mentionsIn(clause, world, ['Service'])).mentions.length > 0;
		const isAlone =
			listens && (await mentionsIn(clause, world, ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])).mentions.length === 0;
		const saysService = kindsIn(clause).some(({kind}) => kind === 'Service') || change?.nodePort !== undefined || isAlone;
		// `point the ingress at web on port 80` is about the Ingress.
		if (change === undefined || !saysService || kindsIn(clause).some(({kind}) => kind === 'Ingress')) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, ['Service'], object => edited(asking, object, change));
	},
};

/** A further port of a Service that is named: nothing is made. */
export const furtherPortIntent: Intent = {
	name: 'further port',
	understand: async (clause, world, talk) =>
		addsPort.test(clause.text) && givesOrder(clause.text) && clausesOf(clause.text).length === 1
			? serviceIntent.understand(clause, world, talk)
			: undefined,
};
