/**
 * The frame of every letter, in MJML: a head, one of each block, a foot.
 *
 * Compiling takes half a second and a large library, so it is done by `npm run generate`; what a running house fills is
 * the result, cut apart at the marks, in `letter-template.gen.ts`.
 */
const source = `
<mjml lang="{{lang}}" dir="{{dir}}">
  <mj-head>
    <mj-title>{{heading}}</mj-title>
    <mj-preview>{{preview}}</mj-preview>
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="'Instrument Sans', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.55" color="#181d27" padding="0 36px 18px" />
    </mj-attributes>
    <mj-style>
      .serif div { font-family: Fraunces, Georgia, 'Times New Roman', serif !important; }
      a { color: #007373; }
      .card { overflow: hidden; }
      @media (max-width: 480px) {
        .pad > table > tbody > tr > td { padding-left: 0 !important; padding-right: 0 !important; }
        .inset { padding-left: 24px !important; padding-right: 24px !important; }
        .fact-label, .fact-value { display: block !important; width: auto !important; }
        .fact-label { padding-bottom: 0 !important; border-bottom: 0 !important; }
        .fact-value { padding-top: 0 !important; }
        .button a { display: block !important; }
      }
      @media (prefers-color-scheme: dark) {
        body, .paper, .paper > div { background: #10141b !important; background-color: #10141b !important; }
        .card, .card > table { background: #181c23 !important; background-color: #181c23 !important; }
        .card > table > tbody > tr > td { border-color: #31353e !important; }
        .ink div, .fact-value { color: #efece7 !important; }
        .soft div, .fact-label { color: #a8acb6 !important; }
        .fact-label, .fact-value { border-color: #31353e !important; }
        .quote div div { border-color: #66cbc5 !important; }
        .mark { border-color: #66cbc5 !important; }
        .code div div { background: #0f2d2e !important; color: #efece7 !important; }
        .button td, .button a { background: #66cbc5 !important; color: #021818 !important; }
        .link div a, .soft div a { color: #66cbc5 !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body width="560px" background-color="#fcfaf6" css-class="paper">
    <mj-section padding="36px 0 20px">
      <mj-column>
        <mj-text css-class="ink serif inset" font-size="20px" line-height="24px" font-weight="600" padding="0 36px">
          <span class="mark" style="display:inline-block;width:20px;height:10px;border:3px dotted #007373;border-bottom:0;border-radius:20px 20px 0 0;margin-inline-end:10px">&#8203;</span>{{house}}
        </mj-text>
      </mj-column>
    </mj-section>
    <mj-wrapper css-class="card pad" background-color="#fffefd" border="1px solid #dbd9d3" border-radius="16px" padding="34px 0 20px">
      <mj-section padding="0">
        <mj-column>
          <mj-text css-class="ink serif inset" font-size="28px" line-height="1.18" font-weight="600" letter-spacing="-0.4px" padding="0 36px 20px">
            <h1 style="margin:0;font:inherit">{{heading}}</h1>
          </mj-text>
          <mj-raw><!--cut paragraph--></mj-raw>
          <mj-text css-class="ink inset">{{text}}</mj-text>
          <mj-raw><!--cut prose--></mj-raw>
          <mj-text css-class="ink inset"><div dir="auto">{{text}}</div></mj-text>
          <mj-raw><!--cut quiet--></mj-raw>
          <mj-text css-class="soft inset" font-size="14px" color="#535862">{{text}}</mj-text>
          <mj-raw><!--cut quote--></mj-raw>
          <mj-text css-class="ink quote inset"><div dir="auto" style="border-inline-start:3px solid #007373;padding-inline-start:16px">{{text}}</div></mj-text>
          <mj-raw><!--cut facts--></mj-raw>
          <mj-table css-class="inset" font-size="16px" line-height="1.45" padding="2px 36px 22px">
            <!--cut fact--><tr>
              <td class="fact-label" width="30%" style="padding:9px 16px 9px 0;padding-inline:0 16px;vertical-align:top;font-size:14px;line-height:23px;color:#535862;border-bottom:1px solid #dbd9d3">{{label}}</td>
              <td class="fact-value" style="padding:9px 0;vertical-align:top;color:#181d27;border-bottom:1px solid #dbd9d3"><bdi>{{text}}</bdi></td>
            </tr><!--cut factsEnd-->
          </mj-table>
          <mj-raw><!--cut action--></mj-raw>
          <mj-button css-class="button inset" href="{{url}}" background-color="#007373" color="#f7fdfd" font-size="16px" font-weight="600" border-radius="10px" inner-padding="14px 26px" align="left" padding="4px 36px 24px">{{label}}</mj-button>
          <mj-raw><!--cut links--></mj-raw>
          <mj-text css-class="soft link inset" font-size="15px" color="#535862">{{text}}</mj-text>
          <mj-raw><!--cut code--></mj-raw>
          <mj-text css-class="code inset" padding="0 36px 20px"><div style="display:inline-block;vertical-align:top;background:#d8f3f3;color:#181d27;border-radius:10px;padding:12px 20px;font-size:30px;line-height:36px;font-weight:600;letter-spacing:6px;font-variant-numeric:tabular-nums">{{text}}</div></mj-text>
          <mj-raw><!--cut picture--></mj-raw>
          <mj-text css-class="inset" padding="2px 36px 22px"><div style="display:inline-block;vertical-align:top;background:#ffffff;border:1px solid #dbd9d3;border-radius:12px;padding:14px;line-height:0"><img src="{{url}}" alt="{{label}}" width="{{width}}" style="display:block;width:{{width}}px;max-width:100%;height:auto;border:0;color:#181d27;font-size:14px;line-height:1.4"></div></mj-text>
          <mj-raw><!--cut end--></mj-raw>
        </mj-column>
      </mj-section>
    </mj-wrapper>
    <mj-section padding="22px 0 48px">
      <mj-column>
        <mj-text css-class="soft inset" font-size="13px" line-height="1.5" color="#535862" padding="0 36px">{{footnote}}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;

/** Compiles the frame and cuts it apart: `head`, one piece for each kind of block, and `end`. */
export async function compileTemplate(): Promise<Record<string, string>> {
  const { default: mjml2html } = await import("mjml");
  const { html, errors } = await mjml2html(source, { validationLevel: "strict", fonts: {} });
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  const [head = "", ...rest] = slim(html).split("<!--cut ");
  const pieces = rest.map((piece) => {
    const end = piece.indexOf("-->");
    return [piece.slice(0, end), piece.slice(end + "-->".length)] as const;
  });
  return { head, ...Object.fromEntries(pieces) };
}

/** MJML indents deeply and knows no start and end; letters are smaller and may be read from either side. */
const slim = (html: string) =>
  html
    .replace(/\s*\n\s*/g, "\n")
    .replaceAll("text-align:left", "text-align:start")
    .replaceAll("direction:ltr", "direction:{{dir}}")
    .replaceAll('align="left"', "")
    .trim();
