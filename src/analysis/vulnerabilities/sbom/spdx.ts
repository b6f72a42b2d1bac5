import * as z from 'zod';
import {componentOf} from '../component.ts';
import {parsePurl} from '../purl.ts';
import {digestsIn, type Sbom} from './sbom.ts';

const text = z.string().nullish();

const spdxPackage = z.object({
	SPDXID: z.string(),
	name: z.string(),
	versionInfo: text,
	primaryPackagePurpose: text,
	externalRefs: z.array(z.object({referenceType: z.string(), referenceLocator: z.string()})).nullish(),
});

const document = z.object({
	spdxVersion: z.string().startsWith('SPDX-2'),
	name: text,
	creationInfo: z.object({created: text}).nullish(),
	documentDescribes: z.array(z.string()).nullish(),
	packages: z.array(spdxPackage).nullish(),
	relationships: z.array(z.object({spdxElementId: z.string(), relationshipType: z.string(), relatedSpdxElement: z.string()})).nullish(),
});
type SpdxPackage = z.output<typeof spdxPackage>;

const purlOf = ({externalRefs}: SpdxPackage) => externalRefs?.find(({referenceType}) => referenceType === 'purl')?.referenceLocator;

/** An image, or the operating system in it: packages are what is in them. */
const isNoPackage = (purpose: string, purl: string | undefined) =>
	['CONTAINER', 'OPERATING-SYSTEM', 'OPERATINGSYSTEM', 'FILE', 'DEVICE'].includes(purpose.toUpperCase().replaceAll('_', '-')) ||
	['oci', 'docker'].includes(purl === undefined ? '' : (parsePurl(purl)?.type ?? ''));

/**
 * An SPDX 2 document in JSON.
 * @returns undefined for JSON that is none
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
export function readSpdx2(json: unknown): Sbom | undefined {
	const parsed = document.safeParse(json);
	if (!parsed.success) return undefined;
	const {spdxVersion, name, creationInfo, documentDescribes, packages, relationships} = parsed.data;
	const all = packages ?? [];
	const described = new Set([
		...(documentDescribes ?? []),
		...(relationships ?? []).flatMap(({relationshipType, relatedSpdxElement}) =>
			relationshipType === 'DESCRIBES' ? [relatedSpdxElement] : [],
		),
	]);
	// What is described is the image where other packages stand beside it.
	const subject = all.find(({SPDXID}) => described.has(SPDXID) && all.length > 1);
	return {
		format: spdxVersion.replace('-', ' '),
		subject: subject?.name ?? name ?? undefined,
		digests: subject === undefined ? [] : digestsIn(subject.name, subject.versionInfo ?? undefined, purlOf(subject)),
		...(creationInfo?.created ? {created: creationInfo.created} : {}),
		components: all
			.filter(each => each !== subject && !isNoPackage(each.primaryPackagePurpose ?? '', purlOf(each)))
			.map(each => componentOf({name: each.name, version: each.versionInfo ?? '', purl: purlOf(each)})),
	};
}

const element = z.object({
	type: text,
	'@type': text,
	spdxId: text,
	name: text,
	created: text,
	specVersion: text,
	rootElement: z.union([z.array(z.string()), z.string()]).nullish(),
	software_packageVersion: text,
	software_packageUrl: text,
	software_primaryPurpose: text,
	externalIdentifier: z.array(z.object({externalIdentifierType: text, identifier: text})).nullish(),
});

const graph = z.object({'@context': z.union([z.string().includes('spdx'), z.array(z.unknown())]), '@graph': z.array(z.unknown())});

/**
 * An SPDX 3 document in JSON-LD, as far as it stands in one flat graph with the names of the standard's own context.
 * @returns undefined for JSON that is none
 * @see https://spdx.github.io/spdx-spec/v3.0.1/serializations/
 */
export function readSpdx3(json: unknown): Sbom | undefined {
	const parsed = graph.safeParse(json);
	if (!parsed.success) return undefined;
	const all = parsed.data['@graph'].flatMap(each => {
		const read = element.safeParse(each);
		return read.success ? [read.data] : [];
	});
	const typed = (name: string) => all.filter(each => (each.type ?? each['@type'] ?? '').replace(/^.*[:/]/, '') === name);
	const [creation] = typed('CreationInfo');
	const version = creation?.specVersion;
	if (creation === undefined || !version?.startsWith('3')) return undefined;
	const roots = new Set([...typed('SpdxDocument'), ...typed('software_Sbom')].flatMap(({rootElement}) => rootElement ?? []));
	const packages = typed('software_Package');
	const purl = ({software_packageUrl: url, externalIdentifier}: (typeof packages)[number]) =>
		url ??
		externalIdentifier?.find(({externalIdentifierType}) => /purl|packageUrl/i.test(externalIdentifierType ?? ''))?.identifier ??
		undefined;
	const subject = packages.length > 1 ? packages.find(({spdxId}) => roots.has(spdxId ?? '')) : undefined;
	return {
		format: `SPDX ${version}`,
		subject: subject?.name ?? typed('SpdxDocument')[0]?.name ?? undefined,
		digests: subject === undefined ? [] : digestsIn(subject.name ?? undefined, subject.software_packageVersion ?? undefined, purl(subject)),
		...(creation.created ? {created: creation.created} : {}),
		components: packages
			.filter(each => each !== subject && !isNoPackage(each.software_primaryPurpose ?? '', purl(each)))
			.map(each => componentOf({name: each.name ?? '', version: each.software_packageVersion ?? '', purl: purl(each)})),
	};
}
