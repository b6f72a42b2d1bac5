import type {Found} from '../found.ts';

/** What another scanner says of one image. */
export type ScannerReport = {
	readonly scanner: 'Trivy' | 'Grype';
	readonly subject?: string | undefined;
	readonly digests: readonly string[];
	readonly created?: string | undefined;
	/** Of its own database, where it tells. */
	readonly databaseDate?: string | undefined;
	readonly found: readonly Found[];
};

/** A scanner's word for a severity. What it does not know is not harmless. */
export const severityOfWord = (word: string | null | undefined): Found['severity'] => {
	switch (word?.toLowerCase()) {
		case 'critical':
			return 'critical';
		case 'high':
			return 'high';
		case 'low':
		case 'negligible':
			return 'low';
		default:
			return 'medium';
	}
};
