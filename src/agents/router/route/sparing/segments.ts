import {masked} from '../../words/clauses-of.ts';

/** A part of a request between two joints. */
export type Segment = {
	readonly text: string;
	readonly from: number;
	readonly to: number;
	/** Which sentence of the request it stands in. */
	readonly sentence: number;
};

const english =
	/(?<sentence>[.!?…]+(?=\s|$)\s*|\n+)|;\s*|,\s+(?:(?:and|but|while|yet|though|only)\s+)*|\s+[-–—]+\s+|\s+(?:and|but|while|whereas|though|yet)\s+(?:only\s+)?|:\s+|\s*[()]\s*|\s+(?=(?:without|leaving|keeping|sparing|skipping)\s)/gi;
const korean =
	/(?<sentence>[.!?…]+(?=\s|$)\s*|\n+)|[,;]\s*|\s+[-–—]+\s+|\s*[()]\s*|(?<=[가-힣](?:[고며]|지만|는데|인데|고요|구요|줘|줘요|세요))\s+/g;

/** The parts of a request, in order. */
export function segmentsOf(text: string, language: 'en' | 'ko'): readonly Segment[] {
	const segments: Segment[] = [];
	let from = 0;
	let sentence = 0;
	for (const joint of masked(text).matchAll(language === 'ko' ? korean : english)) {
		if (joint.index > from) segments.push({text: text.slice(from, joint.index), from, to: joint.index, sentence});
		from = joint.index + joint[0].length;
		if (joint.groups?.sentence !== undefined) sentence += 1;
	}
	if (from < text.length) segments.push({text: text.slice(from), from, to: text.length, sentence});
	return segments;
}
