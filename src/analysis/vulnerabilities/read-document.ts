import {MkcoaError} from '../../core/error.ts';
import {readCycloneDx} from './sbom/cyclonedx.ts';
import type {Sbom} from './sbom/sbom.ts';
import {readSpdx2, readSpdx3} from './sbom/spdx.ts';
import {readGrype} from './scanners/grype.ts';
import type {ScannerReport} from './scanners/report.ts';
import {readTrivy} from './scanners/trivy.ts';

const foreign = (what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code: 'not-readable', what, why, next});

function parsed(text: string, what: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw foreign(
			what,
			'it is no JSON',
			'Write it as JSON: syft IMAGE -o cyclonedx-json, trivy image --format json IMAGE, grype IMAGE -o json',
		);
	}
}

/** A list of packages in whichever format. @throws MkcoaError `not-readable` for a text that is none */
export function readSbom(text: string): Sbom {
	const json = parsed(text, 'The list of packages cannot be read');
	const sbom = readCycloneDx(json) ?? readSpdx2(json) ?? readSpdx3(json);
	if (sbom !== undefined) return sbom;
	throw foreign(
		'The list of packages cannot be read',
		'it is neither CycloneDX nor SPDX in JSON',
		'Make one: syft IMAGE -o cyclonedx-json, or trivy image --format cyclonedx IMAGE',
	);
}

/** What a scanner reported. @throws MkcoaError `not-readable` for a text that is none */
export function readReport(text: string): readonly ScannerReport[] {
	const json = parsed(text, 'The report cannot be read');
	const report = readTrivy(json) ?? readGrype(json);
	if (report !== undefined) return report;
	throw foreign(
		'The report cannot be read',
		'it is neither of Trivy nor of Grype in JSON',
		'Make one: trivy image --format json IMAGE, or grype IMAGE -o json',
	);
}
