import * as z from 'zod';
import {newestScore} from '../cvss/cvss.ts';
import type {Found} from '../found.ts';
import {digestsIn} from '../sbom/sbom.ts';
import {type ScannerReport, severityOfWord} from './report.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();

const cvss = z.object({
	V2Vector: text,
	V3Vector: text,
	V40Vector: text,
	V2Score: z.number().nullish(),
	V3Score: z.number().nullish(),
	V40Score: z.number().nullish(),
});

const vulnerability = z.object({
	VulnerabilityID: z.string(),
	VendorIDs: texts,
	PkgName: text,
	InstalledVersion: text,
	FixedVersion: text,
	Title: text,
	Description: text,
	Severity: text,
	SeveritySource: text,
	CVSS: z.record(z.string(), cvss).nullish(),
});

const results = z.array(z.object({Type: text, Vulnerabilities: z.array(vulnerability).nullish()})).nullish();
const metadata = z.object({ImageID: text, RepoTags: texts, RepoDigests: texts});

const report = z.object({
	SchemaVersion: z.number(),
	CreatedAt: text,
	ArtifactName: text,
	ArtifactType: text,
	Metadata: metadata.nullish(),
	Results: results,
});

/** `trivy k8s --report all`: one entry a resource. */
const clusterReport = z.object({
	ClusterName: z.string(),
	Resources: z.array(z.object({Metadata: z.union([z.array(metadata), metadata]).nullish(), Results: results})),
});

function foundOf(
	{
		VulnerabilityID: id,
		VendorIDs,
		PkgName,
		InstalledVersion,
		FixedVersion,
		Title,
		Description,
		Severity,
		SeveritySource,
		CVSS,
	}: z.output<typeof vulnerability>,
	type: string | null | undefined,
): Found {
	// The source of the severity knows this package best.
	const sources = Object.entries(CVSS ?? {}).toSorted(
		([a], [b]) => Number(b === SeveritySource) - Number(a === SeveritySource) || Number(b === 'nvd') - Number(a === 'nvd'),
	);
	const told = sources
		.map(([, each]) => newestScore([each.V40Vector, each.V3Vector, each.V2Vector].flatMap(vector => vector ?? [])))
		.find(each => each !== undefined);
	return {
		id,
		aliases: VendorIDs ?? [],
		summary: (Title ?? Description ?? '').split('\n', 1)[0]?.slice(0, 200) ?? '',
		component: PkgName ?? '',
		version: InstalledVersion ?? '',
		...(type ? {ecosystem: type} : {}),
		...(FixedVersion ? {fixed: FixedVersion} : {}),
		score: told?.score,
		cvss: told,
		severity: severityOfWord(Severity),
	};
}

type Subject = z.output<typeof metadata> | undefined;

const reportOf = (subject: string | undefined, about: Subject, list: z.output<typeof results>, created?: string | null): ScannerReport => ({
	scanner: 'Trivy',
	subject,
	digests: digestsIn(subject, about?.ImageID ?? undefined, ...(about?.RepoDigests ?? [])),
	...(created ? {created} : {}),
	found: (list ?? []).flatMap(({Type, Vulnerabilities}) => (Vulnerabilities ?? []).map(each => foundOf(each, Type))),
});

/**
 * Trivy's JSON, of one image or of a cluster.
 * @returns undefined for JSON that is none
 * @see https://trivy.dev/latest/docs/configuration/reporting/#json
 */
export function readTrivy(json: unknown): readonly ScannerReport[] | undefined {
	const one = report.safeParse(json);
	if (one.success) {
		const {ArtifactName, Metadata, Results, CreatedAt} = one.data;
		return [reportOf(ArtifactName ?? undefined, Metadata ?? undefined, Results, CreatedAt)];
	}
	const many = clusterReport.safeParse(json);
	if (!many.success) return undefined;
	return many.data.Resources.flatMap(({Metadata, Results}) => {
		const images = Metadata === null || Metadata === undefined ? [] : [Metadata].flat();
		const [image] = images;
		// With several images in one entry nobody can tell which of them a package is in.
		return image === undefined || images.length > 1 ? [] : [reportOf(image.RepoTags?.[0], image, Results)];
	});
}
