use clap::{Args, Subcommand};
use proto::catalog::v1::{
    CheckDigitScheme, CodingRule, CreateCodingRuleRequest, GetCodingRuleRequest, ListCodingRulesRequest,
    RetireCodingRuleRequest, UpdateCodingRuleRequest,
};

use super::args::{Change, Expected, List, check_digit};
use super::mask::Mask;
use super::views::RuleView;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot catalog rule …`
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Create a coding rule.
    Create(CreateArgs),
    /// Show a coding rule.
    Get(GetArgs),
    /// List coding rules.
    List(List),
    /// Change the fields that are given.
    Update(UpdateArgs),
    /// Retire a coding rule.
    Retire(RetireArgs),
}

/// `… create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// The rule's code, for example BOOKS.
    code: String,
    /// One symbol a character: A a capital letter, 9 a digit, X either, C the check digit, anything else (or a character
    /// after a backslash) itself. For example AA-9999C.
    #[arg(long)]
    pattern: String,
    /// How the check digit is computed: none, gs1-mod10 or luhn.
    #[arg(long, value_parser = check_digit, default_value = "none", value_name = "SCHEME")]
    check_digit: CheckDigitScheme,
    /// The rule in words, for people who broke it.
    #[arg(long)]
    description: String,
    #[command(flatten)]
    change: Change,
}

/// `… get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The rule.
    code: String,
}

/// `… update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The rule.
    code: String,
    /// New pattern; asked of new SKUs only.
    #[arg(long)]
    pattern: Option<String>,
    /// none, gs1-mod10 or luhn.
    #[arg(long, value_parser = check_digit, value_name = "SCHEME")]
    check_digit: Option<CheckDigitScheme>,
    /// New description.
    #[arg(long)]
    description: Option<String>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… retire`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    /// The rule.
    code: String,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn run(command: RuleCommand, context: &Context) -> Result<(), Failure> {
    match command {
        RuleCommand::Create(args) => create(args, context).await,
        RuleCommand::Get(args) => get(args, context).await,
        RuleCommand::List(args) => list(args, context).await,
        RuleCommand::Update(args) => update(args, context).await,
        RuleCommand::Retire(args) => retire(args, context).await,
    }
}

async fn create(args: CreateArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rule = CodingRule {
        code: args.code,
        pattern: args.pattern,
        check_digit_scheme: args.check_digit.into(),
        description: args.description,
        ..CodingRule::default()
    };
    let request = CreateCodingRuleRequest {
        request_id: args.change.request_id(),
        coding_rule: Some(rule),
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().create_coding_rule(r).await).await?;
    context.output().one(&RuleView::new(answer.coding_rule.unwrap_or_default(), Some(answer.revision)))
}

async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetCodingRuleRequest { code: args.code };
    let answer = client.call(&request, async |r| client.catalog().get_coding_rule(r).await).await?;
    context.output().one(&RuleView::new(answer.coding_rule.unwrap_or_default(), None))
}

async fn list(args: List, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rules = pages(args.limit, async |page_size, page_token| {
        let request = ListCodingRulesRequest { page_size, page_token, filter: args.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_coding_rules(r).await).await?;
        Ok((page.coding_rules, page.next_page_token))
    });
    let views: Vec<_> = rules.await?.into_iter().map(|r| RuleView::new(r, None)).collect();
    context.output().many(&views)
}

async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let mut coding_rule = CodingRule { code: args.code, etag: args.expected.etag, ..CodingRule::default() };
    let mut mask = Mask::default();
    mask.set("pattern", &mut coding_rule.pattern, args.pattern);
    mask.set("check_digit_scheme", &mut coding_rule.check_digit_scheme, args.check_digit.map(Into::into));
    mask.set("description", &mut coding_rule.description, args.description);
    let request = UpdateCodingRuleRequest {
        request_id: args.change.request_id(),
        coding_rule: Some(coding_rule),
        update_mask: Some(mask.finish()?),
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().update_coding_rule(r).await).await?;
    context.output().one(&RuleView::new(answer.coding_rule.unwrap_or_default(), Some(answer.revision)))
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = RetireCodingRuleRequest {
        request_id: args.change.request_id(),
        code: args.code,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().retire_coding_rule(r).await).await?;
    context.output().one(&RuleView::new(answer.coding_rule.unwrap_or_default(), Some(answer.revision)))
}
