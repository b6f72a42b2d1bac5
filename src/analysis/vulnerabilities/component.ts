import {ecosystemName} from '../versions/ecosystem-order.ts';
import {type Purl, parsePurl} from './purl.ts';

/** One package in an image or a program. Advisories know it by ecosystem and name. */
export type Component = {
	/** As the SBOM calls it. */
	readonly name: string;
	readonly version: string;
	readonly purl?: string | undefined;
	/** As OSV names it, with the release of a distribution where it is told: `npm`, `Debian:12`. */
	readonly ecosystem?: string | undefined;
	/** The name that advisories of this ecosystem use, such as that of the source package. */
	readonly advisoryName: string;
	/** The version that advisories compare. */
	readonly advisoryVersion: string;
	/** Why no advisory can be looked up. */
	readonly why?: string | undefined;
};

/** Types of package URLs whose packages OSV knows by the same name. */
const plain: {readonly [type: string]: string} = {
	npm: 'npm',
	pypi: 'PyPI',
	gem: 'RubyGems',
	cargo: 'crates.io',
	golang: 'Go',
	maven: 'Maven',
	nuget: 'NuGet',
	composer: 'Packagist',
	hex: 'Hex',
	pub: 'Pub',
	cran: 'CRAN',
	hackage: 'Hackage',
	swift: 'SwiftURL',
	bitnami: 'Bitnami',
	githubactions: 'GitHub Actions',
	conan: 'ConanCenter',
	julia: 'Julia',
	opam: 'opam',
};

/** Distributions by the namespace of their package URLs, or by the id of `os-release`. */
const distributions: {readonly [id: string]: string} = {
	debian: 'Debian',
	ubuntu: 'Ubuntu',
	alpine: 'Alpine',
	wolfi: 'Wolfi',
	chainguard: 'Chainguard',
	minimos: 'MinimOS',
	redhat: 'Red Hat',
	rhel: 'Red Hat',
	rocky: 'Rocky Linux',
	rockylinux: 'Rocky Linux',
	almalinux: 'AlmaLinux',
	alma: 'AlmaLinux',
	suse: 'SUSE',
	sles: 'SUSE',
	opensuse: 'openSUSE',
	'opensuse-leap': 'openSUSE',
	openeuler: 'openEuler',
	mageia: 'Mageia',
	photon: 'Photon OS',
	azurelinux: 'Azure Linux',
	mariner: 'Azure Linux',
};

/** These have one release, the newest. */
const rolling = new Set(['Wolfi', 'Chainguard', 'MinimOS']);

const packaged = new Set(['deb', 'apk', 'rpm']);

export type Distribution = {readonly id: string; readonly version: string};

/** `debian-12` and `alpine-3.18.4`, as scanners write a distribution. */
function distributionOf(text: string): Distribution | undefined {
	const [, id = '', version = ''] = /^(.*?)-(\d[\w.]*)$/.exec(text) ?? [];
	return id === '' ? undefined : {id: id.toLowerCase(), version};
}

/** The release as OSV writes it: of Debian the first number, of Alpine and Ubuntu the first two. */
function releaseOf(ecosystem: string, version: string): string {
	const numbers = version.replace(/^v/, '').split('.');
	if (ecosystem === 'Alpine') return `v${numbers.slice(0, 2).join('.')}`;
	return ['Ubuntu', 'SUSE', 'openSUSE', 'openEuler', 'Photon OS'].includes(ecosystem) ? numbers.slice(0, 2).join('.') : (numbers[0] ?? '');
}

function ecosystemOf(
	{type, namespace, qualifiers}: Purl,
	system: Distribution | undefined,
): {readonly ecosystem?: string; readonly why?: string} {
	const own = plain[type];
	if (own !== undefined) return {ecosystem: own};
	if (!packaged.has(type)) return {why: `no database of advisories is known for packages of the type ${type}`};
	const told = distributionOf(qualifiers.get('distro') ?? '') ?? system;
	const id = namespace.split('/')[0]?.toLowerCase() || told?.id || '';
	const ecosystem = distributions[id] ?? (told === undefined ? undefined : distributions[told.id]);
	if (ecosystem === undefined)
		return {why: `no database of advisories is known for ${id === '' ? 'a distribution that is not named' : id}`};
	if (rolling.has(ecosystem)) return {ecosystem};
	if (told === undefined || told.version === '') return {why: `the release of ${ecosystem} is not told, and its advisories are by release`};
	return {ecosystem: `${ecosystem}:${releaseOf(ecosystem, told.version)}`};
}

function nameOf({type, namespace, name}: Purl): string {
	switch (type) {
		case 'maven':
			return `${namespace}:${name}`;
		case 'pypi':
			return name;
		case 'swift':
			return `https://${namespace}/${name}`;
		default:
			return packaged.has(type) || namespace === '' ? name : `${namespace}/${name}`;
	}
}

/** Source packages, as advisories of distributions name them: `openssl`, or `openssl@3.0.11-1`. */
type Source = {readonly name: string; readonly version?: string | undefined};

function upstreamOf({qualifiers}: Purl): Source | undefined {
	const text = qualifiers.get('upstream') ?? qualifiers.get('source');
	if (text === undefined || text === '') return undefined;
	const at = text.lastIndexOf('@');
	// What rpm tells is the file of the source package: openssl-3.0.7-27.el9.src.rpm.
	const file = /^(.+)-[^-]+-[^-]+\.src\.rpm$/.exec(text)?.[1];
	return file !== undefined ? {name: file} : at > 0 ? {name: text.slice(0, at), version: text.slice(at + 1)} : {name: text};
}

type Told = {
	readonly name: string;
	readonly version: string;
	readonly purl?: string | undefined;
	/** Of the image that it is in. */
	readonly system?: Distribution | undefined;
	readonly source?: Source | undefined;
};

/** A package of an SBOM with the names by which advisories know it. */
export function componentOf({name, version, purl: text, system, source}: Told): Component {
	const purl = text === undefined ? undefined : parsePurl(text);
	const plainly = {name, version, advisoryName: name, advisoryVersion: version, ...(text === undefined ? {} : {purl: text})};
	if (purl === undefined) return {...plainly, why: 'it has no package URL, so nobody can tell what it is'};
	const known = version === '' ? purl.version : version;
	if (known === '') return {...plainly, why: 'it has no version'};
	const {ecosystem, why} = ecosystemOf(purl, system);
	if (ecosystem === undefined) return {...plainly, version: known, why};
	const from = purl.type === 'deb' || purl.type === 'apk' ? (source ?? upstreamOf(purl)) : undefined;
	const epoch = purl.qualifiers.get('epoch');
	const compared = from?.version ?? (purl.version === '' ? known : purl.version);
	const withEpoch = epoch === undefined || epoch === '0' || /^\d+:/.test(compared) ? compared : `${epoch}:${compared}`;
	return {...plainly, version: known, ecosystem, advisoryName: from?.name ?? nameOf(purl), advisoryVersion: withEpoch};
}

/** One name for the spellings that an ecosystem takes for the same. */
export function nameKey(ecosystem: string, name: string): string {
	switch (ecosystemName(ecosystem)) {
		case 'PyPI':
			return name.toLowerCase().replace(/[-_.]+/g, '-');
		case 'NuGet':
		case 'Packagist':
		case 'GitHub Actions':
		case 'SwiftURL':
			return name.toLowerCase();
		default:
			return name;
	}
}

/** `22.04:LTS`, `Pro:22.04:LTS`, `v3.18`, `enterprise_linux:9::appstream`, `Linux Enterprise Server 15 SP5`: the number in it. */
const releaseNumber = (release: string) => /\d+(?:\.\d+)*/.exec(release.replace(/\s*SP(\d)/, '.$1'))?.[0];

/**
 * Whether an advisory of one ecosystem speaks of a package of another: the same, and the same release of a distribution. One that names no release
 * speaks of all of them.
 */
export function speaksOf(advised: string, own: string): boolean {
	if (ecosystemName(advised).toLowerCase() !== ecosystemName(own).toLowerCase()) return false;
	const [theirs, ours] = [advised, own].map(text => (text.includes(':') ? releaseNumber(text.slice(text.indexOf(':') + 1)) : undefined));
	if (theirs === undefined || ours === undefined) return true;
	return theirs === ours || theirs.startsWith(`${ours}.`) || ours.startsWith(`${theirs}.`);
}
