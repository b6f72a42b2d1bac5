import * as z from 'zod';
import {newestScore} from '../cvss/cvss.ts';
import type {Found} from '../found.ts';
import {digestsIn} from '../sbom/sbom.ts';
import {type ScannerReport, severityOfWord} from './report.ts';

const text = z.string().nullish();

const vulnerability = z.object({
	id: z.string(),
	severity: text,
	description: text,
	cvss: z.array(z.object({vector: text})).nullish(),
	fix: z.object({versions: z.array(z.string()).nullish(), state: text}).nullish(),
});

const match = z.object({
	vulnerability,
	relatedVulnerabilities: z.array(vulnerability).nullish(),
	artifact: z.object({name: z.string(), version: text, type: text}),
});

const target = z.object({
	userInput: text,
	imageID: text,
	manifestDigest: text,
	tags: z.array(z.string()).nullish(),
	repoDigests: z.array(z.string()).nullish(),
});

const report = z.object({
	matches: z.array(match),
	source: z.object({type: z.string(), target: z.union([target, z.string()]).nullish()}).nullish(),
	descriptor: z.object({name: z.literal('grype'), timestamp: text, db: z.unknown().optional()}),
});

const isCve = (id: string) => /^CVE-\d{4}-\d+$/.test(id);

function foundOf({vulnerability: own, relatedVulnerabilities, artifact}: z.output<typeof match>): Found {
	const related = relatedVulnerabilities ?? [];
	const ids = [own.id, ...related.map(({id}) => id)];
	const id = ids.find(isCve) ?? own.id;
	const cvss = newestScore([own, ...related].flatMap(each => (each.cvss ?? []).flatMap(({vector}) => vector ?? [])));
	return {
		id,
		aliases: [...new Set(ids)].filter(each => each !== id),
		summary: (own.description ?? related[0]?.description ?? '').split('\n', 1)[0]?.slice(0, 200) ?? '',
		component: artifact.name,
		version: artifact.version ?? '',
		...(artifact.type ? {ecosystem: artifact.type} : {}),
		...(own.fix?.versions?.[0] === undefined ? {} : {fixed: own.fix.versions.join(', ')}),
		score: cvss?.score,
		cvss,
		severity: severityOfWord(own.severity),
	};
}

/** When its database was built: of version 6 in `status`, of older ones beside it. */
function builtOf(db: unknown): string | undefined {
	const stamp = z.object({built: z.string()});
	const read = z
		.union([z.object({status: stamp}).transform(({status}) => status.built), stamp.transform(({built}) => built)])
		.safeParse(db);
	return read.success ? read.data : undefined;
}

/**
 * Grype's JSON.
 * @returns undefined for JSON that is none
 * @see https://github.com/anchore/grype#output-formats
 */
export function readGrype(json: unknown): readonly ScannerReport[] | undefined {
	const parsed = report.safeParse(json);
	if (!parsed.success) return undefined;
	const {matches, source, descriptor} = parsed.data;
	const image = typeof source?.target === 'string' ? {userInput: source.target} : (source?.target ?? {});
	const {imageID, manifestDigest, repoDigests, userInput} = {
		imageID: undefined,
		manifestDigest: undefined,
		repoDigests: undefined,
		...image,
	};
	return [
		{
			scanner: 'Grype',
			subject: userInput ?? undefined,
			digests: digestsIn(userInput ?? undefined, imageID ?? undefined, manifestDigest ?? undefined, ...(repoDigests ?? [])),
			...(descriptor.timestamp ? {created: descriptor.timestamp} : {}),
			databaseDate: builtOf(descriptor.db),
			found: matches.map(foundOf),
		},
	];
}
