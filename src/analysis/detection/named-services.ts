import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podNeeds} from '../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import type {Survey} from './survey.ts';

/** A text from which a program learns whom to ask. */
export type Setting = {
	/** The workload, or the ConfigMap that it takes settings from. */
	readonly holder: KubeObject;
	/** Of the text in its holder, list items by their names: `spec.template.spec.containers[web].env[DB_HOST].value`. */
	readonly path: string;
	/** What the setting is called; empty for an argument. */
	readonly name: string;
	readonly text: string;
};

/** A Service that a setting names. */
export type NamedService = {
	readonly namespace: string;
	readonly name: string;
	/** As it is written: `db.data.svc.cluster.local`. */
	readonly host: string;
	readonly port: number | undefined;
	/** Undefined where no such Service was read: then the host has the form of a Service's, `NAME.NAMESPACE.svc`. */
	readonly service: KubeObject | undefined;
	readonly setting: Setting;
};

/** Longer settings are files of other things than addresses. */
const longestSetting = 100_000;

/** Texts of the containers of a workload itself. */
const ownSettings = oncePerObject((workload: KubeObject): readonly Setting[] => {
	const path = [...(templatePath(workload) ?? []), 'spec'].join('.');
	return ['initContainers', 'containers'].flatMap(list =>
		listAt(podSpecOf(workload), list).flatMap(container => {
			const at = `${path}.${list}[${textAt(container, 'name') ?? ''}]`;
			const variables = listAt(container, 'env').flatMap((variable): readonly Setting[] => {
				const name = textAt(variable, 'name') ?? '';
				const text = textAt(variable, 'value');
				return text === undefined ? [] : [{holder: workload, path: `${at}.env[${name}].value`, name, text}];
			});
			const words = ['command', 'args'].flatMap(field =>
				listAt(container, field).flatMap((text, index): readonly Setting[] =>
					typeof text === 'string' ? [{holder: workload, path: `${at}.${field}[${index}]`, name: '', text}] : [],
				),
			);
			return [...variables, ...words];
		}),
	);
});

const entriesOf = oncePerObject((holder: KubeObject): readonly Setting[] =>
	Object.entries(objectAt(holder, 'data')).flatMap(([name, text]) =>
		typeof text === 'string' && text.length <= longestSetting ? [{holder, path: `data.${name}`, name, text}] : [],
	),
);

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
/** A host with what stands before and after it. `user:password@` of an address is passed over. */
const hosts = new RegExp(
	`(?<![-\\w./@])(?<scheme>[a-z][a-z0-9+.:-]*://(?:[^\\s/@]*@)?)?(?<host>${label}(?:\\.${label})*)\\.?(?::(?<port>\\d{1,5}))?(?![-\\w@])`,
	'gi',
);
/** What settings that hold a host and nothing else are called. */
const hostly =
	/(?:host|addr|address|server|service|endpoint|upstream|broker|url|uri|backend|target|peer|master|primary|replica)s?(?:[_-]?(?:name|list))?$/i;

/** `kafka-0.kafka.data.svc` is a pod behind the headless Service kafka: its first label is passed over. */
function readings(
	host: string,
	namespace: string,
): readonly {readonly name: string; readonly namespace: string; readonly isSure: boolean}[] {
	const labels = host.toLowerCase().split('.');
	const end = labels.indexOf('svc');
	const own = end === -1 ? labels : labels.slice(0, end);
	const isSure = end >= 2;
	const [first = '', second, third] = own;
	if (own.length === 1) return end === -1 ? [{name: first, namespace, isSure: false}] : [];
	if (own.length === 2 && second !== undefined)
		return [{name: first, namespace: second, isSure}, ...(isSure ? [] : [{name: second, namespace, isSure}])];
	return own.length === 3 && second !== undefined && third !== undefined ? [{name: second, namespace: third, isSure}] : [];
}

/** `--db-host=db`, `proxy_host: db` and `DB_HOST`: a plain word is a host only where something says so. */
function isHostWord({name, text}: Setting, start: number, end: number): boolean {
	const before = /([\w.-]+)["']?\s*[:=]\s*["']?$/.exec(text.slice(Math.max(0, start - 80), start))?.[1];
	if (before !== undefined) return hostly.test(before);
	return (
		hostly.test(name) && /^[\s,;]*$/.test(text.slice(0, start).replace(/[\w.:-]+[,;\s]+/g, '')) && /^\s*(?:[,;]|$)/.test(text.slice(end))
	);
}

type Naming = {readonly host: string; readonly port: number | undefined; readonly readings: ReturnType<typeof readings>};

/** Hosts in a setting, with the Services that each may name. What takes a setting is in the namespace of its holder. */
const namingsIn = oncePerObject((setting: Setting): readonly Naming[] =>
	[...setting.text.matchAll(hosts)].flatMap(match => {
		const {scheme, host = '', port} = match.groups ?? {};
		const isPlain = !host.includes('.');
		if (isPlain && scheme === undefined && port === undefined && !isHostWord(setting, match.index, match.index + match[0].length))
			return [];
		const found = readings(host, setting.holder.metadata.namespace ?? '');
		return [{host, port: port === undefined ? undefined : Number(port), readings: found}];
	}),
);

/** Of the settings of a workload, and of the entries of a ConfigMap, those that name a host: most name none. */
const namingOnes = (settings: readonly Setting[]) => settings.filter(setting => namingsIn(setting).length > 0);
const ownNamings = oncePerObject((workload: KubeObject) => namingOnes(ownSettings(workload)));
const entryNamings = oncePerObject((holder: KubeObject) => namingOnes(entriesOf(holder)));

/** Texts of the ConfigMaps that its pods take; of a variable that takes one key, only this key. */
function sharedNamings(workload: KubeObject, survey: Survey): readonly Setting[] {
	const found = podNeeds(podSpecOf(workload)).flatMap(({kind, name, key}) => {
		const holder = kind === 'ConfigMap' ? survey.find(kind, workload.metadata.namespace, name) : undefined;
		return holder === undefined ? [] : entryNamings(holder).filter(each => key === undefined || key === each.name);
	});
	return [...new Set(found)];
}

function namedIn(setting: Setting, survey: Survey): readonly NamedService[] {
	return namingsIn(setting).flatMap(({host, port, readings: found}) => {
		const serviceOf = (each: (typeof found)[number]) => survey.find('Service', each.namespace, each.name);
		const meant = found.find(each => serviceOf(each) !== undefined) ?? found.find(({isSure}) => isSure);
		if (meant === undefined) return [];
		return [{namespace: meant.namespace, name: meant.name, service: serviceOf(meant), host, port, setting}];
	});
}

/** Which Services a workload names in the environment, commands and arguments of its containers, and in the ConfigMaps that they take. What Secrets hold is not read. */
export const namedServices = (workload: KubeObject, survey: Survey): readonly NamedService[] =>
	[...ownNamings(workload), ...sharedNamings(workload, survey)].flatMap(setting => namedIn(setting, survey));
