import {numberOf} from './number-words.ts';

const item = String.raw`(?:[a-z][\w-]*(?:의|에 ?있는| 네임 ?스페이스의)\s)?[a-z][\w.-]*`;
const counted = new RegExp(
	String.raw`^(?<kind>컨피그 ?맵|시크릿|크론 ?잡|잡|서비스|인그레스|디플로이먼트|스테이트풀 ?셋|볼륨 ?클레임|파드)(?:을|를)? ?(?<count>두|세|네|다섯|\d) ?개(?:만|를)? (?<deed>[^:.]*(?:줘|주세요|주십시오|부탁해요?|부탁드립니다))\s?: (?<items>${item}(?:, ?${item})*)[.!]?$`,
);

/** `컨피그맵 두 개 지워줘: a의 x, b의 y` → `a의 x 컨피그맵, b의 y 컨피그맵 지워줘`: the list stands behind its verb, as many as are counted. */
export function kindFirst(request: string): string {
	const {kind = '', count = '', deed = '', items = ''} = counted.exec(request.trim())?.groups ?? {};
	const each = items.split(/, ?/);
	if (kind === '' || numberOf(count) !== each.length) return request;
	return `${each.map(one => `${one} ${kind}`).join(', ')} ${deed}`;
}
