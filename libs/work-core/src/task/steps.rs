//! What may be done with a task, and what stands against it.

use vocabulary::{DocumentCode, PartyCode, Quantity, Timestamp};

use super::{Task, TaskChange, TaskPlan, TaskRejection, TaskState};

impl Task {
    /// It is to be done otherwise than before.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over, or when somebody has it.
    pub fn plan(&self, plan: TaskPlan) -> Result<TaskChange, TaskRejection> {
        self.check_free()?;
        Ok(TaskChange::Planned(Box::new(plan)))
    }

    /// Somebody takes it, and nobody else gets it.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over, when somebody has it, or when it is for somebody else.
    pub fn claim(&self, worker: &PartyCode, at: Timestamp) -> Result<TaskChange, TaskRejection> {
        self.check_free()?;
        if let Some(assignee) = self.plan.assignee.as_ref().filter(|assignee| *assignee != worker) {
            return Err(TaskRejection::ForAnother { code: self.code(), assignee: assignee.clone() });
        }
        Ok(TaskChange::Claimed { code: self.code(), worker: worker.clone(), at })
    }

    /// Who has it begins.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over or started, or when they do not have it.
    pub fn start(&self, worker: &PartyCode, at: Timestamp) -> Result<TaskChange, TaskRejection> {
        self.check_held(worker)?;
        match self.state {
            TaskState::Started => Err(TaskRejection::Started { code: self.code() }),
            TaskState::Open
            | TaskState::Claimed
            | TaskState::Done
            | TaskState::Failed
            | TaskState::Cancelled => Ok(TaskChange::Started { code: self.code(), at }),
        }
    }

    /// Who has it has done it: as much as is asked for, or less. Without a quantity it is as much as is asked for.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over, when they do not have it, or when more would be done than is asked for.
    pub fn finish(
        &self,
        (worker, quantity): (&PartyCode, Option<Quantity>),
        at: Timestamp,
    ) -> Result<TaskChange, TaskRejection> {
        self.check_held(worker)?;
        if let (Some(wanted), Some(done)) = (self.plan.quantity, quantity)
            && done > wanted
        {
            return Err(TaskRejection::TooMuch { code: self.code(), wanted, done });
        }
        Ok(TaskChange::Done { code: self.code(), quantity: quantity.or(self.plan.quantity), at })
    }

    /// Who has it cannot do it.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over, or when they do not have it.
    pub fn fail(
        &self,
        (worker, reason): (&PartyCode, &str),
        at: Timestamp,
    ) -> Result<TaskChange, TaskRejection> {
        self.check_held(worker)?;
        Ok(TaskChange::Failed { code: self.code(), reason: reason.to_owned(), at })
    }

    /// Who has it gives it back; somebody else may take it.
    ///
    /// # Errors
    /// [`TaskRejection`] when it is over, or when they do not have it.
    pub fn give_back(&self, worker: &PartyCode) -> Result<TaskChange, TaskRejection> {
        self.check_held(worker)?;
        Ok(TaskChange::GivenBack { code: self.code() })
    }

    /// It need not be done any more, whoever has it.
    ///
    /// # Errors
    /// [`TaskRejection::Ended`] when it is over.
    pub fn cancel(&self, at: Timestamp) -> Result<TaskChange, TaskRejection> {
        self.check_open()?;
        Ok(TaskChange::Cancelled { code: self.code(), at })
    }

    fn check_open(&self) -> Result<(), TaskRejection> {
        if self.state.is_open() {
            return Ok(());
        }
        Err(TaskRejection::Ended { code: self.code(), state: self.state })
    }

    fn check_free(&self) -> Result<(), TaskRejection> {
        self.check_open()?;
        match &self.worker {
            Some(worker) => Err(TaskRejection::Taken { code: self.code(), worker: worker.clone() }),
            None => Ok(()),
        }
    }

    fn check_held(&self, worker: &PartyCode) -> Result<(), TaskRejection> {
        self.check_open()?;
        if self.worker.as_ref() == Some(worker) {
            return Ok(());
        }
        Err(TaskRejection::NotHeld { code: self.code(), worker: worker.clone() })
    }

    fn code(&self) -> DocumentCode {
        self.plan.code.clone()
    }
}
