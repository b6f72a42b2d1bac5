import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {backendsOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';

type Asked = Mention & {readonly srv: NonNullable<Mention['srv']>};

/** All who ask for one name that its Service does not have. */
type Lost = {readonly service: KubeObject; readonly asked: Asked['srv']; readonly by: readonly Asked[]; readonly others: readonly Asked[]};

const isAsked = (mention: Mention): mention is Asked => mention.srv !== undefined;
const nameOf = (port: Json) => textAt(port, 'name') ?? '';
const protocolOf = (port: Json) => textAt(port, 'protocol') ?? 'TCP';
const portsOf = (service: KubeObject) => listAt(service, 'spec', 'ports');
const hasPort = (service: KubeObject, {port, protocol}: Asked['srv']) =>
	portsOf(service).some(each => nameOf(each) === port && protocolOf(each) === protocol);

function lostIn(survey: Survey): readonly Lost[] {
	const asked = mentionsIn(survey).filter(isAsked);
	const byService = Map.groupBy(asked, ({namespace, service}) => survey.find('Service', namespace, service));
	return [...byService].flatMap(([service, all]): readonly Lost[] => {
		// A name of the world outside answers by its own rules, and a Service without ports is one of addresses alone.
		if (service === undefined || textAt(service, 'spec', 'type') === 'ExternalName' || portsOf(service).length === 0) return [];
		const missing = all.filter(({srv}) => !hasPort(service, srv));
		return [...Map.groupBy(missing, ({srv}) => `${srv.port} ${srv.protocol}`).values()].flatMap(by => {
			const [first] = by;
			return first === undefined ? [] : [{service, asked: first.srv, by, others: all.filter(each => !by.includes(each))}];
		});
	});
}

/** The port of the Service that was meant: the one that leads to a port of that name, or of a near name, or the only one that nobody asks for. */
function meantPort({service, asked, others}: Lost): Json | undefined {
	const free = portsOf(service).filter(
		each => protocolOf(each) === asked.protocol && !others.some(({srv}) => srv.port === nameOf(each) && srv.protocol === protocolOf(each)),
	);
	const led = free.filter(each => valueAt(each, 'targetPort') === asked.port);
	const near = meantName(asked.port, free.map(nameOf));
	const [only] = led.length === 1 ? led : near !== undefined ? free.filter(each => nameOf(each) === near) : free.length === 1 ? free : [];
	return only;
}

/** Whether an Ingress sends to a port of the Service by its name. */
const isRouted = (service: KubeObject, port: string, survey: Survey) =>
	survey
		.all('Ingress', service.metadata.namespace)
		.flatMap(backendsOf)
		.some(each => each.service === service.metadata.name && each.port === port);

function onService({service, asked}: Lost, port: Json, sure: boolean): Remedy {
	const path = ['spec', 'ports', portsOf(service).indexOf(port), 'name'];
	const name = refText(refOf(service));
	return exchange(service, [{path, from: valueAt(port, 'name'), to: asked.port}], {
		side: 'service',
		sure,
		text: {
			en: `Call port ${nameOf(port) || String(valueAt(port, 'port'))} of ${name} ${asked.port}, as it is asked for`,
			ko: `${name}의 포트 ${nameOf(port) || String(valueAt(port, 'port'))}를 부르는 이름인 ${asked.port}(으)로 바꿉니다`,
		},
	});
}

function causeOf(lost: Lost, survey: Survey): Cause {
	const {service, asked, by} = lost;
	const [first] = by;
	const holders = [...new Set(by.map(({holder}) => holder))];
	const port = meantPort(lost);
	const isService =
		first === undefined || holders.some(holder => isChangedLater(service, holder)) || (holders.length > 1 && port !== undefined);
	const name = refText(refOf(service));
	const who = [...new Set(by.map(({workload}) => workload))];
	const srv = `_${asked.port}._${asked.protocol.toLowerCase()}`;
	const have = portsOf(service)
		.map(each => nameOf(each) || 'one without a name')
		.join(', ');
	const isFree = port !== undefined && !isRouted(service, nameOf(port), survey);
	const toService = isFree ? [onService(lost, port, isService)] : [];
	const toHolder =
		port === undefined || nameOf(port) === '' || first === undefined || holders.length > 1
			? []
			: [exchangeMention(first, {srv: nameOf(port)}, !isService)];
	return {
		id: 'srv-name-not-there',
		resource: refOf(isService ? service : first.holder),
		path: !isService
			? first.path
			: port === undefined
				? 'spec.ports'
				: `${fieldPath(service, ['spec', 'ports', portsOf(service).indexOf(port)])}.name`,
		hurts: [...who.map(refOf), refOf(service)],
		cause: {
			en: `${who.map(each => refText(refOf(each))).join(', ')} ask for ${srv} of ${name}, whose ports are called ${have}: there is no such name`,
			ko: `${who.map(each => refText(refOf(each))).join(', ')}가 ${name}의 ${srv}를 찾는데 포트 이름은 ${have}뿐입니다`,
		},
		evidence: [
			...by.slice(0, 3).map(({holder, path, host}) => ({source: refText(refOf(holder)), detail: `${path} names ${srv}.${host}`})),
			{source: name, detail: `ports ${have}`},
			...changeEvidence(isService ? service : first.holder),
		],
		remedies: isService ? [...toService, ...toHolder] : [...toHolder, ...toService],
	};
}

/**
 * Names of the SRV kind that nobody answers: they begin with the name of a port of the Service, not of the container.
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#srv-records
 */
export const srvNames = (survey: Survey): readonly Cause[] => lostIn(survey).map(lost => causeOf(lost, survey));
