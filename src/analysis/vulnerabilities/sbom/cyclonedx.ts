import * as z from 'zod';
import {componentOf, type Distribution} from '../component.ts';
import {digestsIn, type Sbom} from './sbom.ts';

const property = z.object({name: z.string(), value: z.string().nullish()});

const component = z.object({
	type: z.string().nullish(),
	name: z.string(),
	version: z.string().nullish(),
	purl: z.string().nullish(),
	'bom-ref': z.string().nullish(),
	properties: z.array(property).nullish(),
	/** What is inside of it, in the same shape. */
	get components() {
		return z.array(component).nullish();
	},
});
type CycloneComponent = z.output<typeof component>;

const document = z.object({
	bomFormat: z.literal('CycloneDX'),
	specVersion: z.string(),
	metadata: z.object({timestamp: z.string().nullish(), component: component.nullish()}).nullish(),
	components: z.array(component).nullish(),
});

const flat = (components: readonly CycloneComponent[]): readonly CycloneComponent[] =>
	components.flatMap(each => [each, ...flat(each.components ?? [])]);

/** What Trivy tells beyond the standard: the source package, as advisories of distributions name it. */
function sourceOf({properties}: CycloneComponent) {
	const told = (name: string) => properties?.find(each => each.name === `aquasecurity:trivy:${name}`)?.value ?? undefined;
	const [name, version, release, epoch] = ['SrcName', 'SrcVersion', 'SrcRelease', 'SrcEpoch'].map(told);
	if (name === undefined) return undefined;
	if (version === undefined) return {name};
	return {
		name,
		version: `${epoch === undefined || epoch === '0' ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}`,
	};
}

const systemTypes = new Set(['operating-system']);
/** These are no packages: advisories are about what is in them. */
const otherTypes = new Set(['operating-system', 'container', 'file', 'device', 'data', 'cryptographic-asset']);

/**
 * A CycloneDX document in JSON, 1.2 to 1.7.
 * @returns undefined for JSON that is none
 * @see https://cyclonedx.org/docs/1.7/json/
 */
export function readCycloneDx(json: unknown): Sbom | undefined {
	const parsed = document.safeParse(json);
	if (!parsed.success) return undefined;
	const {specVersion, metadata, components} = parsed.data;
	const all = flat(components ?? []);
	const os = all.find(({type}) => systemTypes.has(type ?? ''));
	const system: Distribution | undefined = os === undefined ? undefined : {id: os.name.toLowerCase(), version: os.version ?? ''};
	const subject = metadata?.component ?? undefined;
	const properties = (subject?.properties ?? []).map(({value}) => value ?? undefined);
	return {
		format: `CycloneDX ${specVersion}`,
		...(subject === undefined ? {} : {subject: subject.name}),
		digests: digestsIn(
			subject?.name,
			subject?.version ?? undefined,
			subject?.purl ?? undefined,
			subject?.['bom-ref'] ?? undefined,
			...properties,
		),
		...(metadata?.timestamp ? {created: metadata.timestamp} : {}),
		components: all
			.filter(({type}) => !otherTypes.has(type ?? ''))
			.map(each =>
				componentOf({name: each.name, version: each.version ?? '', purl: each.purl ?? undefined, system, source: sourceOf(each)}),
			),
	};
}
