/** What is secret by its nature. */
export const credentials =
	'password passwd passphrase pwd credential token bearer_token api_key apikey access_key signing_key private_key tls_key ssl_key dsn dockerconfigjson secret_key client_secret encryption_key ssh_key connection_string 비밀번호 패스워드 암호 토큰 인증정보 인증_정보 자격증명 자격_증명 서명_키 개인키 개인_키 비밀키 비밀_키 api_키 접속정보 접속_정보 비번 비밀_번호';

/** Ways to ask to see something. */
export const seeing =
	'show tell print what remind let_me_have let_us_have let_me_in_on reveal decode decrypt display give read cat echo output dump see get expose view fetch copy_out write_out send paste share leak know need want like which whats look describe mail email message text quote hand tell_me compare 알리 보 출력 디코드 디코딩 복호화 해독 찍 풀 읽 뽑 주 뭐 확인 공유 보내 노출 까 복사 궁금 대조 비교';

/** A secret that is made, named or pointed at is not asked for. */
export const making =
	'create make duplicate copy clone deploy launch spin store add set rotate generate renew new put mount feed inject wire use take update change replace delete remove label annotate restart who whose how_many many count depends depend uses reference should 만들 생성 추가 교체 바꾸 변경 설정 갱신 회전 삭제 지우 마운트 띄우 넣 참조 연결 주입 배포 누구 몇 쓰 사용';

export const values =
	'login 로그인 아이디 creds value content contents its_data the_data full_data with_data all_data base64 decoded unencrypted 값 내용 원문 디코드 디코딩';

/** As it is, where anybody can read it. */
export const inPlain =
	/\b(?:in (?:the )?(?:clear|open)|clear ?text|plain ?text|(?:in|as) plain|(?:human[- ])?readable (?:form|text|way)|unmasked|unredacted|unencrypted|full (?:pem|text|value))\b|평문|있는 그대로|풀어서|까서|\b(?:un-?mask|un-?redact)\w*/i;

/** Written where the one who asks reads it, whatever the deed is called: `put it here`, `create a token and show it`. */
export const shownHere =
	/\b(?:put|paste|post|drop|write|type|copy)\b(?:[^.;]|\.(?=\w))*\b(?:here|(?:in|into|to) (?:this|the) (?:chat|conversation|channel|thread|ticket))\b|\b(?:show|print|paste|post|send|quote|read out)\b (?:it|them|that|both|all)\b|값\S*\s(?:[가-힣]+\s){0,2}띄[워우]|(?:여기|이\s?창|채팅)(?:에|다|에다)?\s?\S*(?:붙|적|써|올려|남겨|찍)|(?:발급|생성|만들)\S*\s?[^.]*(?:붙여|보여|찍어|출력)/i;

/** What is written elsewhere can be read there: `copy its key into a config map`, `a pod that cats it`, `so that I see it`. */
export const movedOut = [
	/\b(?:copy|put|move|write|store|save|paste)\b(?:[^.;]|\.(?=\w))*\b(?:in)?to\b(?:[^.;]|\.(?=\w))*\b(?:config ?maps?|annotations?|labels?|files?|logs?|slack|wiki)\b/i,
	/\b(?:cat|print|echo|dump|output)s?\b (?:out )?(?:it|them|its|the (?:value|content|password|key)s?|(?:the )?secrets?)\b/i,
	/\bso (?:that )?(?:i|we|they) (?:can |could |may )?(?:see|read|look|view|copy|check)\b/i,
];

/** What a deed is for, and where a thing is, are no deeds: `so that I can put it on the load balancer`, `is stored in`. */
export const noDeed =
	/\b(?:(?:is|are|was|were) (?:stored|kept)|(?:stored|kept|held|saved) (?:in|under|inside|by))\b|\b(?:so(?: that)?|because|since|in order) (?:i|we|they|he|she|it|our|the|my|to)\b[^.;]*/gi;
const handled =
	'(?:restart|rotat|delet|remov|chang|replac|renew|updat|regenerat|touch|edit|modif|creat|cop(?:y|ie)|mov|set|us)(?:e|es|ed|ing|ion|y|ying|ies|ied|ting|s)?';
/** Deeds that are not asked for now: what is left alone, what comes later, and when something else is done (`before we rotate it`). */
export const notNow = new RegExp(
	[
		`\\b(?:don't|do not|dont|never|no need (?:to|for)|without|not|no)\\s+(?:[a-z]+\\s+){0,2}?${handled}\\b(?:(?!\\b(?:but|just|only|simply)\\b)[^,;.])*`,
		`\\b(?:before|after|until|once|when|while|as soon as)\\s+(?:(?:i|we|you|they|the|our|its|somebody|someone|anybody|anyone|\\w+s)\\s+)*(?:[a-z]+\\s+){0,2}?${handled}\\b(?:(?!\\b(?:but|just|only|simply)\\b)[^,;.])*`,
		`\\b(?:going to|about to|plan(?:ning)? to|want to|will|i'll|we'll|intend to)\\s+(?:(?:only|later|then|soon)\\s+)?${handled}\\b(?:(?!\\b(?:but|just|only|simply)\\b)[^,;.])*`,
		'[가-힣]*(?:바꾸|교체|삭제|지우|회전|갱신|변경|건드리|수정|손대|만들|재시작|복사|옮기)[가-힣]*\\s?(?:하|시키)?(?:진|지|질)(?:는|도|를)?\\s?(?:말|마|않|안)[가-힣]*',
		'(?:바꾸|교체|삭제|지우|회전|갱신|변경|수정|재시작)[가-힣]*\\s?(?:하)?(?:기\\s?전에|려는데|려고[가-힣]*|려면|할\\s?(?:예정|거|건데)[가-힣]*)',
		'(?:교체|삭제|회전|갱신|변경|수정|재시작)(?:은|는)\\s?[^,.]*(?:나중|따로|다음|할게|필요\\s?없|안)[가-힣]*',
	].join('|'),
	'gi',
);
export const secretKinds = 'secret 시크릿';
